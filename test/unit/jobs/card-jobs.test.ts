import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { updateCard } from '../../../src/jobs/tasks/card-jobs.ts';
import { saveCard } from '../../../src/storage/cards.ts';
import { setWatchingPlace } from '../../../src/storage/conversations.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { insertIncident } from '../../../src/storage/incidents.ts';
import { cardJob } from '../../../src/storage/job.ts';
import { enqueue } from '../../../src/storage/jobs.ts';
import { createRenderer } from '../../../src/teams/cards/renderer.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { restricted } from '../incident/history.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const NOW = 1_000_000;
const PLACE = { channelId: '19:admins', serviceUrl: 'https://teams.invalid/', tenantId: 't', teamId: null };
const incident = restricted();

describeOnBothDatabases('the update of a card', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    await database.db.transaction().execute(async (trx) => {
      await insertIncident(trx, incident);
      await setWatchingPlace(trx, PLACE);
      await saveCard(trx, incident.id, { channelId: PLACE.channelId, activityId: 'card' }, NOW);
    });
  });
  afterEach(() => database.close());

  const update = (meanwhile: () => Promise<void>) =>
    updateCard(
      {
        ...{ db: database.db, clock: () => NOW, newId: randomUUID, log: silentLog, pollMs: 60_000 },
        channel: {
          postCard: () => assert.fail('a card was posted'),
          postMessage: () => assert.fail('a message was posted'),
          reply: () => assert.fail('a reply was posted'),
          updateCard: meanwhile,
          roster: async () => [],
        },
        renderer: createRenderer({ locale: 'en-US', unblockMode: 'exchange', cloud: 'public' }, () => NOW),
        listEligible: async () => ({ items: [], complete: true }),
        findCards: async () => [],
        workflow: { note: () => assert.fail('a post was noted') },
        ...{ doNotMention: new Set<string>(), mentionTag: null, watchAfterUnblockMs: 0 },
      },
      incident.id,
    );
  const change = (runAt: number) => enqueue(database.db, randomUUID(), cardJob('update_card', incident.id, runAt));

  it('is followed at once by other jobs of the card', async () => {
    assert.equal(await update(async () => {}), undefined);
  });

  it('is followed by a rest when the card changed meanwhile, so that further changes share the next update', async () => {
    assert.deepEqual(await update(() => change(NOW)), { restMs: 500 });
  });

  it('is not followed by a rest because of an update that is due later', async () => {
    assert.equal(await update(() => change(NOW + 1)), undefined);
  });
});
