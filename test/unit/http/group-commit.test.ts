import assert from 'node:assert/strict';
import { createGroupCommit, type GroupCommit } from '../../../src/http/group-commit.ts';

const LONG_MS = 60_000;

type Begun = { readonly items: readonly string[] } & PromiseWithResolvers<void>;

describe('a group commit', () => {
  let open: PromiseWithResolvers<void>[];
  let begun: Begun[];
  let commits: GroupCommit<string>;

  const create = (timeoutMs: number) =>
    createGroupCommit<string>({
      commit(items) {
        const commit = { items: [...items], ...Promise.withResolvers<void>() };
        begun.push(commit);
        return commit.promise;
      },
      gather() {
        const group = Promise.withResolvers<void>();
        open.push(group);
        return group.promise;
      },
      timeoutMs,
    });

  beforeEach(() => {
    open = [];
    begun = [];
    commits = create(LONG_MS);
  });

  const join = (count: number, item = 'look') => Array.from({ length: count }, () => commits.join(item));
  const nth = (index: number) => begun[index] ?? assert.fail(`commit ${index} has not begun`);

  /** The group that is open has been for long enough. */
  async function gathered(): Promise<void> {
    await settled();
    open.at(-1)?.resolve();
    await settled();
  }

  /** How many answers of each kind there are by now. */
  function tally(answers: readonly Promise<string>[]) {
    const seen: Record<string, number> = {};
    const note = (answer: string) => {
      seen[answer] = (seen[answer] ?? 0) + 1;
    };
    for (const answer of answers) answer.then(note, (error: Error) => note(error.message));
    return seen;
  }

  it('is shared by all callers that join before it begins, and contains each item once', async () => {
    const answers = tally([...join(40), ...join(40, 'renew')]);
    await gathered();
    assert.deepEqual(nth(0).items, ['look', 'renew']);
    assert.deepEqual(answers, {}, 'nobody is told before it has ended');
    nth(0).resolve();
    await settled();
    assert.deepEqual(answers, { committed: 80 });
    assert.equal(begun.length, 1);
  });

  it('does not count for those who come while it is under way: they share the next', async () => {
    const first = tally(join(1));
    await gathered();
    const later = tally([...join(30), ...join(30)]);
    await gathered();
    assert.equal(begun.length, 1, 'one at a time');
    nth(0).resolve();
    await settled();
    assert.deepEqual([first, later], [{ committed: 1 }, {}]);
    await gathered();
    assert.equal(begun.length, 2);
    nth(1).resolve();
    await settled();
    assert.deepEqual(later, { committed: 60 });
  });

  it('fails exactly those who share it', async () => {
    const first = tally(join(3));
    await gathered();
    const second = tally(join(4));
    nth(0).reject(new Error('the disk is full'));
    await gathered();
    nth(1).resolve();
    await settled();
    assert.deepEqual([first, second], [{ 'the disk is full': 3 }, { committed: 4 }]);
  });

  it('that hangs lets everybody go in time, and what they joined with is committed when it ends', async () => {
    commits = create(20);
    const sharing = join(2);
    await gathered();
    const next = join(3);
    assert.deepEqual(new Set(await Promise.all([...sharing, ...next])), new Set(['late']));
    nth(0).resolve();
    await gathered();
    assert.deepEqual(nth(1).items, ['look'], 'although nobody waits');
  });

  it('that fails after every caller left fails none of them, nor the next', async () => {
    commits = create(20);
    const left = join(1);
    await gathered();
    assert.deepEqual(await Promise.all(left), ['late']);
    nth(0).reject(new Error('the disk is full'));
    join(1);
    await gathered();
    assert.equal(begun.length, 2);
  });

  it('costs nothing without clients', async () => {
    await settled();
    assert.deepEqual([open, begun], [[], []]);
  });
});

/** Every promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
