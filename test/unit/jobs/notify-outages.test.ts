import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { notifyOutages } from '../../../src/jobs/tasks/notify-outages.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { setWatchingPlace } from '../../../src/storage/conversations.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createRenderer } from '../../../src/teams/cards/renderer.ts';
import type { Channel } from '../../../src/teams/ports.ts';
import { addReadings } from '../../../src/workflow/outages.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const PLACE = { channelId: '19:admins@thread.tacv2', serviceUrl: 'https://x.example/', tenantId: 't', teamId: null };
const MINUTE = 60_000;

describeOnBothDatabases('notifying the channel of an outage', (fresh) => {
  let replicas: Database[];
  let now: number;
  let sent: string[];
  let failure: UpstreamError | null;
  beforeEach(async () => {
    const url = await fresh();
    const first = await openDatabase(url);
    replicas = first.exclusive ? [first] : [first, await openDatabase(url), await openDatabase(url)];
    await first.db.transaction().execute((trx) => setWatchingPlace(trx, PLACE));
    now = 1_000_000;
    sent = [];
    failure = null;
  });
  afterEach(async () => {
    for (const database of replicas) await database.close();
  });

  const channel: Channel = {
    postCard: async () => ({ activityId: '1' }),
    async postMessage(_, { text }) {
      if (failure !== null) throw failure;
      sent.push(text);
    },
    updateCard: async () => {},
    reply: async () => {},
    roster: async () => [],
  };
  const depsOf = (index: number) => {
    const { db } = replicas[index % replicas.length] ?? assert.fail();
    const renderer = createRenderer({ locale: 'en-US', unblockMode: 'exchange', cloud: 'public' }, () => 0);
    return { db, channel, renderer, clock: () => now, newId: randomUUID, log: silentLog, outageAfterMs: 5 * MINUTE };
  };
  const notify = (index: number) => notifyOutages(depsOf(index));
  const jobs = () => depsOf(0).db.selectFrom('jobs').selectAll().where('task', '=', 'notify_outages').execute();
  /** Notes one reading a minute, by alternating replicas. */
  async function read(exchange: 'complete' | 'unreachable', times: number) {
    for (let index = 0; index < times; index += 1) {
      now += MINUTE;
      await addReadings(depsOf(index), now, { exchange, graph: 'complete' });
    }
  }
  const teams = (effect: 'none' | 'unknown') =>
    new UpstreamError({ service: 'teams', operation: 'POST', failure: 'unavailable', message: 'down', effect });

  it('is queued once, and done once by any number of replicas', async () => {
    await read('unreachable', 5);
    assert.deepEqual(await jobs(), []);
    await read('unreachable', 4);
    assert.equal((await jobs()).length, 1);
    await Promise.all([0, 1, 2, 3, 4].map(notify));
    await read('unreachable', 1);
    await notify(0);
    assert.equal(sent.length, 1);
    await read('complete', 2);
    await Promise.all([0, 1, 2].map(notify));
    assert.match(sent.slice(1).join(), /^Exchange answers again since .*, after 10 minutes\. Everything/);
  });

  it('is not repeated when the message may have arrived', async () => {
    await read('unreachable', 6);
    failure = teams('unknown');
    await notify(0);
    failure = null;
    await notify(0);
    assert.deepEqual(sent, []);
  });

  it('is retried when the message certainly did not arrive and the outage continues', async () => {
    await read('unreachable', 6);
    failure = teams('none');
    await assert.rejects(notify(0), UpstreamError);
    failure = null;
    await notify(0);
    assert.equal(sent.length, 1);
  });

  it('sends nothing when the outage ends before Teams accepts the message', async () => {
    await read('unreachable', 6);
    failure = teams('none');
    await assert.rejects(notify(0), UpstreamError);
    failure = null;
    await read('complete', 3);
    await notify(0);
    assert.deepEqual(sent, []);
  });
});
