import assert from 'node:assert/strict';
import { createGroupCommit, type GroupCommit } from '../../../src/http/group-commit.ts';
import { manualTimer } from './manual-timer.ts';

const MAX_WAITING = 100;
const WAIT_MS = 2_000;
const GATHER_MS = 20;

type Begun = { readonly items: readonly string[] } & PromiseWithResolvers<void>;

describe('a group commit', () => {
  let timer: ReturnType<typeof manualTimer>;
  let begun: Begun[];
  let commits: GroupCommit<string>;

  beforeEach(() => {
    timer = manualTimer();
    begun = [];
    commits = createGroupCommit<string>({
      commit(items) {
        const commit = { items: [...items], ...Promise.withResolvers<void>() };
        begun.push(commit);
        return commit.promise;
      },
      after: timer.after,
      maxWaiting: MAX_WAITING,
      waitMs: WAIT_MS,
      gatherMs: GATHER_MS,
    });
  });

  const join = (count: number, item = 'look') => Array.from({ length: count }, () => commits.join(item));
  const nth = (index: number) => begun[index] ?? assert.fail(`commit ${index} has not begun`);

  /** How many answers of each kind there are by now. */
  function tally(answers: readonly Promise<string>[]) {
    const seen: Record<string, number> = {};
    const note = (answer: string) => {
      seen[answer] = (seen[answer] ?? 0) + 1;
    };
    for (const answer of answers) answer.then(note, (error: Error) => note(error.message));
    return seen;
  }

  it('is shared by all who come before it begins, and asks for each thing once', async () => {
    const answers = tally([...join(40), ...join(40, 'renew')]);
    await timer.pass(GATHER_MS);
    assert.deepEqual(nth(0).items, ['look', 'renew']);
    assert.deepEqual(answers, {}, 'nobody is told before it has ended');
    nth(0).resolve();
    await timer.pass(0);
    assert.deepEqual(answers, { committed: 80 });
    assert.equal(begun.length, 1);
  });

  it('does not count for those who come while it is under way: they share the next', async () => {
    const first = tally(join(1));
    await timer.pass(GATHER_MS);
    const later = tally([...join(30), ...join(30)]);
    nth(0).resolve();
    await timer.pass(0);
    assert.deepEqual([first, later], [{ committed: 1 }, {}]);
    await timer.pass(GATHER_MS);
    assert.equal(begun.length, 2);
    nth(1).resolve();
    await timer.pass(0);
    assert.deepEqual(later, { committed: 60 });
  });

  it('fails exactly those who share it', async () => {
    const [first] = [tally(join(3))];
    await timer.pass(GATHER_MS);
    const second = tally(join(4));
    nth(0).reject(new Error('the disk is full'));
    await timer.pass(GATHER_MS);
    nth(1).resolve();
    await timer.pass(0);
    assert.deepEqual([first, second], [{ 'the disk is full': 3 }, { committed: 4 }]);
  });

  it('turns those over the limit away at once, and takes others when there is room again', async () => {
    tally(join(MAX_WAITING));
    const over = tally(join(2));
    await timer.pass(0);
    assert.deepEqual(over, { full: 2 });
    assert.equal(commits.refusal(), 'full');
    await timer.pass(GATHER_MS);
    nth(0).resolve();
    await timer.pass(0);
    assert.equal(commits.refusal(), null);
  });

  it('turns everybody away in time while it hangs, newcomers at once, and takes them again when it ends', async () => {
    const sharing = tally(join(2));
    await timer.pass(GATHER_MS);
    const next = tally(join(3));
    await timer.pass(WAIT_MS - GATHER_MS);
    assert.deepEqual([sharing, next], [{ late: 2 }, {}]);
    await timer.pass(GATHER_MS);
    const newcomers = tally(join(5));
    await timer.pass(0);
    assert.deepEqual([next, newcomers], [{ late: 3 }, { stalled: 5 }]);
    nth(0).resolve();
    await timer.pass(GATHER_MS);
    assert.equal(nth(1).items.length, 1, 'what was asked for is committed although nobody waits');
    nth(1).resolve();
    const after = tally(join(1));
    await timer.pass(GATHER_MS);
    nth(2).resolve();
    await timer.pass(0);
    assert.deepEqual(after, { committed: 1 });
  });

  it('costs nothing while nobody comes', async () => {
    await timer.pass(60_000);
    assert.equal(begun.length, 0);
  });
});
