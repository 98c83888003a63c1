import assert from 'node:assert/strict';
import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import { crossCheck } from '../../../src/audit/cross-check.ts';
import { listLinkedAlerts } from '../../../src/storage/alerts.ts';
import { isPresentCard } from '../../../src/storage/cards.ts';
import type { Database, Db } from '../../../src/storage/database.ts';
import { countOpenTasks } from '../../../src/storage/follow-up.ts';
import { lastEnded, listEndedSince, listLatest, listOpen } from '../../../src/storage/incidents.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';

describe('the query for incidents, however many have ended,', () => {
  let database: Database;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());

  it('of a reconcile finds those of the restricted connectors by their index', async () => {
    assert.match(await planOf((db) => lastEnded(db, ['a', 'b'])), /INDEX incidents_of_connector \(connector_id=\?/);
    assert.match(await planOf((db) => listOpen(db)), /INDEX incidents_by_end \(ended_at=\?/);
    assert.match(await planOf((db) => listEndedSince(db, 1)), /INDEX incidents_by_end \(ended_at>\?/);
  });

  it('for the history finds the latest of all and of one connector by an index', async () => {
    assert.match(await planOf((db) => listLatest(db, 10, null)), /INDEX incidents_by_opening/);
    assert.match(await planOf((db) => listLatest(db, 10, 'a')), /INDEX incidents_of_connector \(connector_id=\?/);
  });

  it('and for the card, the alerts or the tasks of one finds them by an index', async () => {
    const card = { channelId: 'a', activityId: 'b' };
    assert.match(await planOf((db) => isPresentCard(db, card)), /INDEX cards_by_message \(activity_id=\?/);
    assert.match(await planOf((db) => listLinkedAlerts(db, 25)), /INDEX alerts_by_recording/);
    assert.match(await planOf(countOpenTasks), /INDEX follow_up_tasks_by_end \(done_at=\?/);
  });

  it('of the comparison with the audit trail reads no table whole', async () => {
    const plans = await plansOf(crossCheck);
    assert.ok(plans.length > 20);
    // SQLite reads nothing when a column that is never null has to be null, but plans to read all.
    const reading = plans.filter((plan) => !/(i\.id|p\.incident_id) is null limit/.test(plan));
    for (const plan of reading) assert.doesNotMatch(plan, /SCAN/);
  });

  async function planOf(query: (db: Db) => Promise<unknown>): Promise<string> {
    const [plan, ...others] = await plansOf(query);
    assert.ok(plan !== undefined && others.length === 0);
    return plan;
  }

  /** Each query of this function, and how SQLite would carry it out (sqlite.org/eqp.html). */
  async function plansOf(queries: (db: Db) => Promise<unknown>): Promise<readonly string[]> {
    const nodes: RootOperationNode[] = [];
    const listening: KyselyPlugin = {
      transformQuery({ node }) {
        nodes.push(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    await queries(database.db.withPlugin(listening));
    return Promise.all(nodes.map(planOfOne));
  }

  async function planOfOne(node: RootOperationNode): Promise<string> {
    const { sql: text, parameters } = database.db.getExecutor().compileQuery(node, { queryId: 'plan' });
    const explained = text
      .split('?')
      .flatMap((part, at) => (at < parameters.length ? [sql.raw(part), sql.val(parameters[at])] : [sql.raw(part)]));
    const { rows } = await sql<{
      readonly detail: string;
    }>`explain query plan ${sql.join(explained, sql.raw(''))}`.execute(database.db);
    return [text, ...rows.map(({ detail }) => detail)].join('\n');
  }
});
