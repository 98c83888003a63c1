import assert from 'node:assert/strict';
import { withinLimits } from '../../../src/jobs/limited-channel.ts';
import { createReplyInThread } from '../../../src/jobs/reply-in-thread.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const THREAD = '19:admins@thread.tacv2;messageid=1';

describeOnBothDatabases('a reply in a thread', (fresh) => {
  let database: Database;
  let now: number;
  let sentAt: number[];
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    now = 1_000_000;
    sentAt = [];
  });
  afterEach(() => database.close());

  const clock = () => now;
  const send = async () => {
    sentAt.push(now);
  };
  const answer = (attempt: () => Promise<void>) =>
    createReplyInThread({
      db: database.db,
      clock,
      async pause(ms) {
        now += ms;
      },
    })(THREAD, attempt);

  const refused = (more: { readonly failure: 'throttled' | 'unavailable'; readonly retryAfterMs?: number }) =>
    new UpstreamError({ service: 'teams', operation: 'POST', message: 'no', effect: 'none', ...more });

  it('waits until its thread is below the limit, whatever filled it', async () => {
    for (let index = 0; index < 7; index += 1) await withinLimits({ db: database.db, clock }, THREAD, send);
    await answer(send);
    assert.deepEqual(sentAt.slice(6), [1_000_000, 1_001_000]);
  });

  it('counts against the limit of what jobs send to its thread', async () => {
    for (let index = 0; index < 7; index += 1) await answer(send);
    await assert.rejects(withinLimits({ db: database.db, clock }, THREAD, send), /held back/);
  });

  it('is retried after the delay that Teams requested, or after a default one', async () => {
    const refusals = [refused({ failure: 'throttled', retryAfterMs: 3_000 }), refused({ failure: 'throttled' })];
    await answer(async () => {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      await send();
    });
    assert.deepEqual(sentAt, [1_005_000]);
  });

  it('fails when the delay is longer than its timeout, and holds its thread for all senders', async () => {
    const refuse = async () => {
      throw refused({ failure: 'throttled', retryAfterMs: 60_000 });
    };
    await assert.rejects(answer(refuse), /throttled/);
    assert.equal(now, 1_000_000);
    await assert.rejects(answer(send), /held back/);
    assert.deepEqual(sentAt, []);
  });

  it('is not retried after a failure that may have delivered it', async () => {
    let attempts = 0;
    const fail = async () => {
      attempts += 1;
      throw refused({ failure: 'unavailable', retryAfterMs: 100 });
    };
    await assert.rejects(answer(fail), /unavailable/);
    assert.equal(attempts, 1);
  });
});
