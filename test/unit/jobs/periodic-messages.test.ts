import assert from 'node:assert/strict';
import { proposeDrill } from '../../../src/jobs/tasks/propose-drill.ts';
import { sendDigest } from '../../../src/jobs/tasks/send-digest.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { moveCursor } from '../../../src/storage/alerts.ts';
import { setWatchingPlace } from '../../../src/storage/conversations.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createRenderer } from '../../../src/teams/cards/renderer.ts';
import type { Channel } from '../../../src/teams/ports.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const PLACE = { channelId: '19:admins@thread.tacv2', serviceUrl: 'https://x.example/', tenantId: 't', teamId: null };
const DAY = 24 * 3_600_000;
const TUESDAY_NOON = Date.UTC(2026, 10, 24, 12);

describeOnBothDatabases('a periodic message', (fresh) => {
  let database: Database;
  let sent: string[];
  let failures: UpstreamError[];
  beforeEach(async () => {
    sent = [];
    failures = [];
    database = await openDatabase(await fresh());
    await database.db.transaction().execute((trx) => setWatchingPlace(trx, PLACE));
    await moveCursor(database.db, 'digest', TUESDAY_NOON - 8 * DAY);
    await moveCursor(database.db, 'drill_proposal', TUESDAY_NOON - 31 * DAY);
  });
  afterEach(() => database.close());

  const send = async (what: string) => {
    const failure = failures.pop();
    if (failure !== undefined) throw failure;
    sent.push(what);
    return { activityId: '1' };
  };
  const channel: Channel = {
    postCard: () => send('a card'),
    postMessage: async (_, { text }) => void (await send(text)),
    updateCard: async () => {},
    reply: async () => {},
    roster: async () => [],
  };
  const deps = () => {
    const renderer = createRenderer({ locale: 'en-US', unblockMode: 'exchange', cloud: 'public' }, () => 0);
    return {
      ...{ db: database.db, channel, clock: () => TUESDAY_NOON, log: silentLog },
      renderer: { ...renderer, digest: () => ({ text: 'a digest', entities: [] }) },
      ...{ digest: true, drillEveryMs: 30 * DAY, timeZone: 'UTC' },
    };
  };
  const notSent = new UpstreamError({
    ...{ service: 'teams', operation: 'POST', failure: 'unavailable', message: 'down', effect: 'none' },
  });

  for (const [name, run] of [
    ['the weekly digest', () => sendDigest(deps())],
    ['the proposal of a drill', () => proposeDrill(deps())],
  ] as const) {
    it(`is sent once by two workers that run it at the same time: ${name}`, async () => {
      await Promise.all([run(), run()]);
      assert.equal(sent.length, 1);
    });

    it(`is sent again after it certainly did not arrive, and only then: ${name}`, async () => {
      failures = [notSent];
      await assert.rejects(run(), UpstreamError);
      await run();
      await run();
      assert.equal(sent.length, 1);
    });
  }
});
