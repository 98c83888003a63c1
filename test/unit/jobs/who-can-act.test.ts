import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Quorum } from '../../../src/incident/model/quorum.ts';
import { noteShown } from '../../../src/jobs/tasks/who-can-act.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { insertIncident } from '../../../src/storage/incidents.ts';
import { readQuorum } from '../../../src/storage/quorums.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { restricted } from '../incident/history.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const POLL_MS = 60_000;
const START = 1_000_000;
const incident = restricted();

describeOnBothDatabases('noting the people that a card shows', (fresh) => {
  let database: Database;
  let now: number;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    await database.db.transaction().execute((trx) => insertIncident(trx, incident));
    now = START;
  });
  afterEach(() => database.close());

  const quorum = (names: readonly string[]): Quorum => ({
    ...{ kind: 'read', at: now, approverId: null, here: names.length, names },
    ...{ memberIds: names, elsewhere: 0, complete: true },
  });
  const note = (shown: Quorum | null) =>
    noteShown(
      {
        ...{ db: database.db, clock: () => now, newId: randomUUID, log: silentLog, pollMs: POLL_MS },
        channel: { roster: async () => [] },
        listEligible: async () => ({ items: [], complete: true }),
      },
      incident.id,
      shown,
    );
  const counts = async () => {
    const rows = await database.db.selectFrom('jobs').select(['key', 'run_at']).execute();
    return rows.map(({ key, run_at }) => ({ key, run_at }));
  };
  const storedAt = async () => (await readQuorum(database.db, incident.id))?.at;

  it('stores them and counts again at the fifth poll from now', async () => {
    await note(quorum(['Aoi', 'Erik']));
    assert.deepEqual(await readQuorum(database.db, incident.id), quorum(['Aoi', 'Erik']));
    assert.deepEqual(await counts(), [{ key: `watch_quorum:${incident.id}`, run_at: START + 5 * POLL_MS }]);
  });

  it('writes nothing for the same people within a minute', async () => {
    await note(quorum(['Aoi']));
    now += 59_999;
    await note(quorum(['Aoi']));
    assert.equal(await storedAt(), START);
    now += 1;
    await note(quorum(['Aoi']));
    assert.equal(await storedAt(), now);
  });

  it('stores other people at once', async () => {
    await note(quorum(['Aoi']));
    now += 1;
    await note(quorum(['Erik']));
    assert.deepEqual(await readQuorum(database.db, incident.id), quorum(['Erik']));
  });

  it('queues the next count if none waits', async () => {
    await note(quorum(['Aoi']));
    await database.db.deleteFrom('jobs').execute();
    await note(quorum(['Aoi']));
    assert.equal((await counts()).length, 1);
  });
});
