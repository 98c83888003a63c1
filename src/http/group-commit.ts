import { within } from '../shared/timeout.ts';

export type GroupCommit<T> = {
  /**
   * Shares a commit that begins after this call with everybody else who waits for it. `late` when that commit has not ended
   * in time, although it still may; rejects when it fails.
   */
  join(item: T): Promise<'committed' | 'late'>;
};

type Options<T> = {
  /** Commits a group's items, each once. */
  readonly commit: (items: ReadonlySet<T>) => Promise<void>;
  /** Resolves when a group has been open for long enough. */
  readonly gather: () => Promise<void>;
  /** How long anybody waits for their commit, ms. */
  readonly timeoutMs: number;
};

type Group<T> = { readonly items: Set<T>; readonly committed: Promise<'committed'> };

/** Group commit: one at a time, shared by all who join before it begins. A group is committed even when nobody waits any more. */
export function createGroupCommit<T>({ commit, gather, timeoutMs }: Options<T>): GroupCommit<T> {
  let gathering: Group<T> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function open(): Group<T> {
    const items = new Set<T>();
    const committed = commitAfter(last, items);
    last = committed.catch(() => undefined);
    return { items, committed };
  }

  async function commitAfter(before: Promise<unknown>, items: ReadonlySet<T>): Promise<'committed'> {
    await before;
    await gather();
    gathering = null;
    await commit(items);
    return 'committed';
  }

  return {
    async join(item) {
      gathering ??= open();
      const { items, committed } = gathering;
      items.add(item);
      return (await within(timeoutMs, () => committed)) ?? 'late';
    },
  };
}
