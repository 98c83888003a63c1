import assert from 'node:assert/strict';
import { limitedChannel } from '../../../src/jobs/limited-channel.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import type { Channel } from '../../../src/teams/ports.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const PLACE = { channelId: '19:admins@thread.tacv2', serviceUrl: 'https://x.example/', tenantId: 't', teamId: null };
const MESSAGE = { text: 'hello', entities: [] };

describeOnBothDatabases('the send limiter', (fresh) => {
  let replicas: Database[];
  let now: number;
  let sent: string[];
  let refusal: UpstreamError | null;
  beforeEach(async () => {
    const url = await fresh();
    const first = await openDatabase(url);
    replicas = first.exclusive ? [first] : [first, await openDatabase(url), await openDatabase(url)];
    now = 1_000_000;
    sent = [];
    refusal = null;
  });
  afterEach(async () => {
    for (const database of replicas) await database.close();
  });

  const channel: Channel = {
    postCard: async () => ({ activityId: '1' }),
    postMessage: async () => {},
    updateCard: async () => {},
    async reply(_, root) {
      if (refusal !== null) throw refusal;
      sent.push(root);
    },
    roster: async () => [],
  };
  const replica = (index: number) => {
    const { db } = replicas[index % replicas.length] ?? assert.fail();
    return limitedChannel(channel, { db, clock: () => now });
  };
  const tryReply = async (index: number, root = 'a') =>
    replica(index)
      .reply(PLACE, root, MESSAGE)
      .then(() => null)
      .catch((error: unknown) => error);
  const waitOf = (error: unknown) => (error instanceof UpstreamError ? (error.details.retryAfterMs ?? -1) : -1);

  it('lets all replicas together send seven messages to a thread in a second, and reports when the next may be sent', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, (_, index) => tryReply(index)));
    const held = results.filter((result) => result !== null);
    assert.equal(sent.length, 7);
    assert.deepEqual(held.map(waitOf), [1_000, 1_000, 1_000, 1_000, 1_000]);
    assert.ok(held.every((error) => error instanceof UpstreamError && error.details.heldBack));
    now += 1_000;
    assert.equal(await tryReply(0), null);
  });

  it('counts each thread separately', async () => {
    for (const root of ['a', 'b'])
      for (let index = 0; index < 7; index += 1) assert.equal(await tryReply(index, root), null);
  });

  it('holds the whole thread, on every replica, for the delay that Teams requested', async () => {
    const details = {
      service: 'teams',
      operation: 'send',
      failure: 'throttled',
      message: 'slow',
      effect: 'none',
    } as const;
    refusal = new UpstreamError({ ...details, retryAfterMs: 42_000 });
    await tryReply(0);
    refusal = null;
    assert.equal(waitOf(await tryReply(1)), 42_000);
    assert.equal(await tryReply(1, 'another thread'), null);
    now += 42_000;
    assert.equal(await tryReply(2), null);
  });

  it('is not stopped by a clock that was set back', async () => {
    for (let index = 0; index < 7; index += 1) await tryReply(index);
    now -= 600_000;
    assert.equal(await tryReply(0), null);
  });

  it('is not held for longer than ten minutes, and not at all by a hold from before the clock was set back', async () => {
    const details = { service: 'teams', operation: 'send', failure: 'throttled', message: 'slow' } as const;
    refusal = new UpstreamError({ ...details, effect: 'none', retryAfterMs: 86_400_000 });
    await tryReply(0);
    refusal = null;
    assert.equal(waitOf(await tryReply(1)), 600_000);
    now -= 3_600_000;
    assert.equal(await tryReply(2), null);
  });
});
