import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Decision } from '../../src/incident/decide/decide.ts';
import { open } from '../../src/incident/diff/open.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { createLog } from '../../src/shared/log.ts';
import { appendAudit, hashOf, readAuditHead } from '../../src/storage/audit.ts';
import { readCard, saveCard } from '../../src/storage/cards.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { readIncident, saveIncident } from '../../src/storage/incidents.ts';
import { cardJob } from '../../src/storage/job.ts';
import { enqueue } from '../../src/storage/jobs.ts';
import type { JobRow } from '../../src/storage/schema.ts';
import { claim } from '../databases/claim.ts';
import { createTestWorkflow } from '../databases/create-test-workflow.ts';
import { type SharedPostgres, sharedPostgres } from '../databases/shared-postgres.ts';
import { decide } from '../unit/incident/decide.ts';
import { AOI, approve, BEN, CHIE, CONNECTOR, confirm, T0 } from '../unit/incident/history.ts';

const REPLICAS = 3;
const CARD = { channelId: 'channel', activityId: 'message' };

/** Holds every replica until all have reached this point, so that each race happens. */
function meeting(): () => Promise<void> {
  const all = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    here += 1;
    if (here === REPLICAS) all.resolve();
    return all.promise;
  };
}

function confirmerOf(decision: Decision): string | null {
  return decision.kind === 'applied' ? (decision.incident.approval?.confirmer?.objectId ?? null) : null;
}

describe('what a naive service would do wrong with three replicas on one PostgreSQL', () => {
  let server: SharedPostgres;
  let replicas: Database[];
  let first: Database;
  before(async () => {
    server = await sharedPostgres();
  });
  after(() => server.stop());
  beforeEach(async () => {
    const url = await server.createDatabase();
    first = await openDatabase(url);
    const others = Array.from({ length: REPLICAS - 1 }, () => openDatabase(url));
    replicas = [first, ...(await Promise.all(others))];
  });
  afterEach(async () => {
    for (const { close } of replicas) await close();
  });

  const log = createLog('silent');
  const clock = () => T0 + 5;
  const workflowOn = ({ db }: Database) => createTestWorkflow({ db, clock, newId: randomUUID, log });
  const openIncident = () =>
    workflowOn(first).open(
      open({ id: 'incident-1', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }),
    );
  const counted = <T>(results: readonly T[], wanted: (result: T) => boolean) => results.filter(wanted).length;

  describe('a job that is claimed', () => {
    beforeEach(() => enqueue(first.db, 'job-1', cardJob('post_card', 'incident-1', 0)));

    it('by a select and then an update is given to all of them', async () => {
      const met = meeting();
      const claimed = await Promise.all(
        replicas.map(async ({ db }) => {
          const due = await db.selectFrom('jobs').selectAll().where('state', '=', 'waiting').executeTakeFirst();
          await met();
          if (due !== undefined)
            await db.updateTable('jobs').set({ state: 'running' }).where('id', '=', due.id).execute();
          return due;
        }),
      );
      assert.equal(
        counted(claimed, (job) => job !== undefined),
        REPLICAS,
      );
    });

    it('as this service does it is given to one', async () => {
      const claimed = await Promise.all(replicas.map((database) => claim(database, 1, 1_000)));
      assert.equal(
        counted(claimed, (job) => job !== null),
        1,
      );
    });
  });

  describe('a card that is posted', () => {
    beforeEach(openIncident);

    const postOn = async ({ db }: Database, posts: string[], met = async () => {}) => {
      const posted = await readCard(db, 'incident-1');
      await met();
      if (posted !== null) return;
      posts.push('a card');
      await db.transaction().execute((trx) => saveCard(trx, 'incident-1', CARD, T0));
    };

    it('by whoever sees that there is none is posted by all of them', async () => {
      const [met, posts] = [meeting(), [] as string[]];
      await Promise.all(replicas.map((database) => postOn(database, posts, met)));
      assert.equal(posts.length, REPLICAS);
    });

    it('by jobs of one lane is posted once, however often it is requested', async () => {
      const posts: string[] = [];
      await enqueue(first.db, randomUUID(), cardJob('update_card', 'incident-1', 0));
      const workers = replicas.map((database) => {
        const handle = async ({ task }: JobRow) => {
          if (task.endsWith('_card')) await postOn(database, posts);
          return undefined;
        };
        return createWorker({ database, handle, clock, newId: randomUUID, random: () => 0, log });
      });
      await Promise.all(workers.map((worker) => worker.drain()));
      assert.equal(posts.length, 1);
    });
  });

  describe('an approval that is confirmed by two people at once', () => {
    beforeEach(async () => {
      await openIncident();
      await workflowOn(first).apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    });
    const confirmations = [BEN, CHIE, BEN].map((by) => confirm(by, T0 + 2, 'approval-1'));

    it('without a lock is confirmed each time, and only the database keeps a second confirmer out', async () => {
      const met = meeting();
      const confirmed = await Promise.all(
        replicas.map(async ({ db }, index) => {
          const incident = (await readIncident(db, 'incident-1')) ?? assert.fail('no incident');
          await met();
          const decision = decide(incident, confirmations[index] ?? assert.fail('no click'));
          if (decision.kind !== 'applied') return { decision, saved: null };
          const saving = db.transaction().execute((trx) => saveIncident(trx, decision.incident));
          return { decision, saved: await Promise.allSettled([saving]) };
        }),
      );
      const saved = confirmed.filter((it) => it.saved?.[0].status === 'fulfilled');
      const refused = confirmed.flatMap(({ saved }) => (saved?.[0].status === 'rejected' ? [saved[0].reason] : []));
      assert.equal(
        counted(confirmed, ({ decision }) => decision.kind === 'applied'),
        REPLICAS,
      );
      assert.equal(new Set(saved.map(({ decision }) => confirmerOf(decision))).size, 1);
      assert.ok(refused.length > 0);
      for (const reason of refused) assert.match(String(reason), /approvals_keep_their_people/);
    });

    it('as this service does it is confirmed once', async () => {
      const outcomes = await Promise.all(
        replicas.map((database, index) =>
          workflowOn(database).apply('incident-1', confirmations[index] ?? assert.fail('no click')),
        ),
      );
      assert.equal(
        counted(outcomes, ({ kind }) => kind === 'applied'),
        1,
      );
    });
  });

  describe('an audit trail that all of them write', () => {
    const entry = { at: T0, action: 'opened', incidentId: null, connectorId: null, actor: null, details: {} };

    it('without a lock on its head loses entries', async () => {
      const met = meeting();
      const written = await Promise.allSettled(
        replicas.map(async ({ db }) => {
          const head = await readAuditHead(db);
          await met();
          const { incidentId: incident_id, connectorId: connector_id, at, action } = entry;
          const row = { seq: head.seq + 1, at, action, incident_id, connector_id, actor_id: null, actor_name: null };
          const content = { ...row, details: '{}', previous_hash: head.hash };
          await db
            .insertInto('audit')
            .values({ ...content, hash: hashOf(content) })
            .execute();
        }),
      );
      assert.equal(
        counted(written, ({ status }) => status === 'fulfilled'),
        1,
      );
    });

    it('as this service does it is whole', async () => {
      const before = (await readAuditHead(first.db)).seq;
      await Promise.all(replicas.map(({ db }) => db.transaction().execute((trx) => appendAudit(trx, entry))));
      const verdict = await verifyAudit(first.db);
      assert.equal(verdict.kind === 'intact' ? verdict.head.seq : verdict.reason, before + REPLICAS);
    });
  });
});
