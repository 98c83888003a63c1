/** Why somebody is turned away: too many wait already, the commit under way hangs, or their own came too late. */
export type CommitRefusal = 'full' | 'stalled' | 'late';

export type GroupCommit<T> = {
  /** Why whoever came now would be turned away at once; null while there is room. */
  refusal(): Exclude<CommitRefusal, 'late'> | null;
  /** Shares a commit that begins after this call with everybody else who waits for it; rejects when that commit fails. */
  join(item: T): Promise<'committed' | CommitRefusal>;
};

type Options<T> = {
  /** Commits what a group asked for, each thing once. */
  readonly commit: (items: ReadonlySet<T>) => Promise<void>;
  /** Runs something in so many ms; what it gives back cancels that. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly maxWaiting: number;
  /** How long anybody waits for their commit, ms. A commit that lasts longer is taken to hang. */
  readonly waitMs: number;
  /** How long a group is open before its commit may begin, ms. */
  readonly gatherMs: number;
};

type Group<T> = { readonly items: Set<T>; readonly done: PromiseWithResolvers<'committed'> };

/**
 * Group commit: one commit at a time, and all who come before it begins share it. A crowd of any size costs one commit
 * per `gatherMs` at most. A group is committed even when all of its own have left.
 */
export function createGroupCommit<T>({
  commit,
  after,
  maxWaiting: mostWaiting,
  waitMs,
  gatherMs,
}: Options<T>): GroupCommit<T> {
  let waiting = 0;
  let gathering: Group<T> | null = null;
  let underWay = false;
  let hangs = false;

  function open(): Group<T> {
    const group = { items: new Set<T>(), done: Promise.withResolvers<'committed'>() };
    gathering = group;
    if (!underWay) after(gatherMs, () => void run(group));
    return group;
  }

  async function run(group: Group<T>): Promise<void> {
    gathering = null;
    underWay = true;
    const cancel = after(waitMs, () => {
      hangs = true;
    });
    try {
      await commit(group.items);
      group.done.resolve('committed');
    } catch (error) {
      group.done.reject(error);
    }
    cancel();
    hangs = false;
    underWay = false;
    const next = gathering;
    if (next !== null) after(gatherMs, () => void run(next));
  }

  const refusal = () => {
    if (hangs) return 'stalled';
    return waiting >= mostWaiting ? 'full' : null;
  };

  return {
    refusal,
    async join(item) {
      const refused = refusal();
      if (refused !== null) return refused;
      const { items, done } = gathering ?? open();
      items.add(item);
      waiting += 1;
      const late = Promise.withResolvers<'late'>();
      const cancel = after(waitMs, () => late.resolve('late'));
      try {
        return await Promise.race([done.promise, late.promise]);
      } finally {
        cancel();
        waiting -= 1;
      }
    },
  };
}
