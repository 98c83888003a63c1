import assert from 'node:assert/strict';
import { createGroupCommit } from '../../../src/http/group-commit.ts';

type Begun = { readonly items: readonly string[] } & PromiseWithResolvers<void>;

/** Lets everything run that waits for nothing else. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a group commit', () => {
  let begun: Begun[];
  let join: (item: string) => Promise<void>;

  beforeEach(() => {
    begun = [];
    join = createGroupCommit<string>((items) => {
      const commit = { items: [...items], ...Promise.withResolvers<void>() };
      begun.push(commit);
      return commit.promise;
    });
  });

  const nth = (index: number) => begun[index] ?? assert.fail(`commit ${index} has not begun`);

  /** How many answers of each kind there are by now. */
  function tally(count: number, item = 'reconcile') {
    const seen: Record<string, number> = {};
    const note = (answer: string) => {
      seen[answer] = (seen[answer] ?? 0) + 1;
    };
    for (let index = 0; index < count; index += 1)
      join(item).then(
        () => note('committed'),
        (error: Error) => note(error.message),
      );
    return seen;
  }

  it('begins at once for the first, without a wait for more', async () => {
    tally(1);
    await settle();
    assert.equal(begun.length, 1);
  });

  it('is shared by all who come before it begins, and commits each item once', async () => {
    const first = tally(40);
    const second = tally(40, 'renew');
    await settle();
    assert.deepEqual(nth(0).items, ['reconcile', 'renew']);
    assert.deepEqual([first, second], [{}, {}], 'nobody is answered before it has ended');
    nth(0).resolve();
    await settle();
    assert.deepEqual([first, second], [{ committed: 40 }, { committed: 40 }]);
    assert.equal(begun.length, 1);
  });

  it('does not count for those who come while it is under way: they share the next', async () => {
    const first = tally(1);
    await settle();
    const later = tally(60);
    await settle();
    assert.equal(begun.length, 1, 'one commit at a time');
    nth(0).resolve();
    await settle();
    assert.deepEqual([first, later], [{ committed: 1 }, {}]);
    nth(1).resolve();
    await settle();
    assert.deepEqual(later, { committed: 60 });
    assert.equal(begun.length, 2);
  });

  it('fails exactly those who share it, and the next goes on', async () => {
    const first = tally(3);
    await settle();
    const second = tally(4);
    nth(0).reject(new Error('the disk is full'));
    await settle();
    nth(1).resolve();
    await settle();
    assert.deepEqual([first, second], [{ 'the disk is full': 3 }, { committed: 4 }]);
  });

  it('takes newcomers again after a commit that failed while nobody else came', async () => {
    tally(1);
    await settle();
    nth(0).reject(new Error('the disk is full'));
    await settle();
    const after = tally(1);
    await settle();
    nth(1).resolve();
    await settle();
    assert.deepEqual(after, { committed: 1 });
  });
});
