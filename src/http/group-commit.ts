/**
 * Commits one group of items at a time: all that join before a commit begins share it, each item once, and a commit under way
 * gathers the next. The promise settles with the commit of the group that was joined.
 */
export function createGroupCommit<T>(commit: (items: ReadonlySet<T>) => Promise<void>): (item: T) => Promise<void> {
  type Group = { readonly items: Set<T>; readonly committed: Promise<void> };
  let gathering: Group | null = null;
  let underWay: Promise<void> = Promise.resolve();

  function open(): Group {
    const items = new Set<T>();
    const committed = underWay.then(() => {
      gathering = null;
      return commit(items);
    });
    underWay = committed.catch(() => {});
    return { items, committed };
  }

  return (item) => {
    gathering ??= open();
    gathering.items.add(item);
    return gathering.committed;
  };
}
