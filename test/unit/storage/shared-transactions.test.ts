import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { recordCall, recordedCalls, recordingCalls } from '../../../src/shared/call-trace.ts';
import { type AuditEntry, appendAudit, readAuditHead } from '../../../src/storage/audit.ts';
import { type Database, openDatabase, type Trx } from '../../../src/storage/database.ts';
import { insertIncident, lockIncident } from '../../../src/storage/incidents.ts';
import { createSharedTransactions, type Transact } from '../../../src/storage/shared-transactions.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { type SharedPostgres, sharedPostgres } from '../../databases/shared-postgres.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

const MANY = 100;
const INCIDENTS = ['incident-1', 'incident-2', 'incident-3'];

describeOnBothDatabases('work in shared transactions', (fresh) => {
  let database: Database;
  let transact: Transact;

  beforeEach(async () => {
    database = await openWithIncidents(await fresh());
    transact = createSharedTransactions(database.db);
  });
  afterEach(() => database.close());

  const write = (action: string) => transact(null, (trx) => appendAudit(trx, entry(action)));
  const actions = async () => {
    const rows = await database.db.selectFrom('audit').select('action').orderBy('seq').execute();
    return rows.map(({ action }) => action);
  };

  it('shares a transaction with what arrives at the same time, in the order of arrival', async () => {
    const transactions = new Set<Trx>();
    const write = (action: string) =>
      transact(null, async (trx) => {
        transactions.add(trx);
        return appendAudit(trx, entry(action));
      });
    const heads = await Promise.all(['a', 'b', 'c'].map(write));
    assert.equal(transactions.size, 1);
    assert.deepEqual(
      heads.map(({ seq }) => seq),
      [1, 2, 3],
    );
    assert.deepEqual(await actions(), ['a', 'b', 'c']);
  });

  it('does not wait for others when there are none', async () => {
    await write('a');
    await write('b');
    assert.deepEqual(await actions(), ['a', 'b']);
  });

  it('is all written, however much arrives', async () => {
    await Promise.all(Array.from({ length: MANY }, (_, number) => write(String(number))));
    assert.equal((await actions()).length, MANY);
  });

  it('leaves nothing behind when it fails, and the others are written', async () => {
    const failing = transact('incident-1', async (trx) => {
      await appendAudit(trx, entry('failing'));
      throw new Error('stops here');
    });
    const refusedByGuard = transact(null, async (trx) => {
      await trx.deleteFrom('audit_head').execute();
    });
    const outcomes = await Promise.allSettled([write('before'), failing, refusedByGuard, write('after')]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    await assert.rejects(failing, /stops here/);
    await assert.rejects(refusedByGuard, /the_audit_keeps_its_head/);
    assert.deepEqual((await actions()).toSorted(), ['after', 'before']);
  });

  it('sees what work before it on the same incident wrote', async () => {
    const lock = () => transact('incident-1', async (trx) => (await lockIncident(trx, 'incident-1'))?.revision);
    assert.deepEqual(await Promise.all([lock(), lock(), lock()]), [1, 2, 3]);
  });

  it('is not run again after a commit that failed, since its effect is not known', async () => {
    await sql`create table parents (id text primary key)`.execute(database.db);
    const refers = sql`parent text references parents (id) deferrable initially deferred`;
    await sql`create table children (${refers})`.execute(database.db);
    const ran: string[] = [];
    const work = (name: string, statement: ReturnType<typeof sql>) =>
      transact(null, async (trx) => {
        ran.push(name);
        await statement.execute(trx);
      });
    const outcomes = await Promise.allSettled([
      work('sound', sql`insert into parents values ('a')`),
      work('fails at the commit', sql`insert into children values ('nobody')`),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.deepEqual(ran, ['sound', 'fails at the commit']);
  });

  it('keeps the calls that were made for each apart', async () => {
    const call = (operation: string) =>
      recordingCalls(async () => {
        recordCall({ service: 'graph', operation, requestId: null, outcome: 'ok' });
        return transact(null, async () => recordedCalls().map((it) => it.operation));
      });
    assert.deepEqual(await Promise.all([call('a'), call('b')]), [['a'], ['b']]);
  });
});

describe('work in shared transactions of two replicas', () => {
  let server: SharedPostgres;
  let database: Database;
  let replica: Database;
  let transact: Transact;
  let theirs: Transact;

  before(async () => {
    server = await sharedPostgres();
  });
  beforeEach(async () => {
    const url = await server.createDatabase();
    database = await openWithIncidents(url);
    replica = await openDatabase(url);
    transact = createSharedTransactions(database.db);
    theirs = createSharedTransactions(replica.db);
  });
  afterEach(() => Promise.all([database.close(), replica.close()]));
  after(() => server.stop());

  it('does not wait for an incident that another replica has locked, unless it is about that incident', async () => {
    const locked = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const other = replica.db.transaction().execute(async (trx) => {
      await lockIncident(trx, 'incident-2');
      locked.resolve();
      await end.promise;
    });
    await locked.promise;
    const done: string[] = [];
    const lock = (id: string) =>
      transact(id, async (trx) => {
        await lockIncident(trx, id);
        await appendAudit(trx, entry(id));
      }).then(() => done.push(id));
    const [first, second, third] = INCIDENTS.map(lock);
    await Promise.all([first, third]);
    assert.deepEqual(done, ['incident-1', 'incident-3']);
    await lock('incident-3');
    end.resolve();
    await Promise.all([second, other]);
    assert.deepEqual(done.at(-1), 'incident-2');
  });

  it('of two replicas on the same incidents in opposite orders is all written', async () => {
    const touch = (by: Transact, id: string) =>
      by(id, async (trx) => {
        await lockIncident(trx, id);
        await appendAudit(trx, entry(id));
      });
    const rounds = Array.from({ length: 10 }, () => INCIDENTS).flat();
    await Promise.all([
      ...rounds.map((id) => touch(transact, id)),
      ...rounds.toReversed().map((id) => touch(theirs, id)),
    ]);
    const { seq } = await readAuditHead(database.db);
    assert.equal(seq, 2 * rounds.length);
  });
});

function entry(action: string): AuditEntry {
  return { at: T0, action, incidentId: null, connectorId: null, actor: null, details: {} };
}

async function openWithIncidents(url: string): Promise<Database> {
  const database = await openDatabase(url);
  for (const id of INCIDENTS) {
    const incident = { ...restricted(), id, connector: { ...CONNECTOR, id } };
    await database.db.transaction().execute((trx) => insertIncident(trx, incident));
  }
  return database;
}
