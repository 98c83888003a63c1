import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { RestrictedConnector } from '../../src/incident/model/connector.ts';
import type { Incident } from '../../src/incident/model/incident.ts';
import { type AuditHead, chained, readAuditHead } from '../../src/storage/audit.ts';
import { type Db, openDatabase, type Trx } from '../../src/storage/database.ts';
import type { AuditRow } from '../../src/storage/schema.ts';
import { appliedEntry, openedEntry } from '../../src/workflow/audit-entry.ts';
import { CONNECTOR, MINUTE, play, restricted } from '../unit/incident/history.ts';

/** Rows in one statement: SQLite takes 32,766 values (sqlite.org/limits.html). */
const ROWS = 2_000;
const CONNECTORS = 1_000;
/** Older than what a reconcile regards as just ended. */
const ENDED_BEFORE_MS = 2 * 24 * 60 * MINUTE;

type Filling = {
  /** The number of ended incidents, of a thousand connectors by turns, a minute apart. */
  readonly ended: number;
  /** The connectors that have an open incident besides. */
  readonly open?: readonly { readonly id: string; readonly name: string }[];
};

/** Fills an empty database with incidents, each with its entries in the audit trail, its alert, card and tasks. */
export async function fillPast(url: string, { ended, open = [] }: Filling): Promise<void> {
  const { db, close } = await openDatabase(url);
  const connectors = Array.from({ length: CONNECTORS }, (_, number) => connectorOf(randomUUID(), `Relay ${number}`));
  const last = Date.now() - ENDED_BEFORE_MS;
  const endedAt = (index: number) =>
    incidentOf(index, connectors[index % CONNECTORS] ?? CONNECTOR, last - (ended - index) * MINUTE);
  for (let written = 0; written < ended; written += ROWS) {
    const count = Math.min(ROWS, ended - written);
    await write(
      db,
      Array.from({ length: count }, (_, index) => historyOf(endedAt(written + index), true)),
    );
  }
  const opened = open.map(({ id, name }, at) => incidentOf(ended + at, connectorOf(id, name), Date.now()));
  if (opened.length > 0)
    await write(
      db,
      opened.map((incident) => historyOf(incident, false)),
    );
  await close();
}

function connectorOf(id: string, name: string): RestrictedConnector {
  return { ...CONNECTOR, id, name };
}

/** Ids in ascending order are filled in several times as fast as random ones. */
function incidentOf(index: number, connector: RestrictedConnector, openedAt: number): Incident {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return { ...restricted(), id, connector, openedAt, changedSeq: 0 };
}

type Entry = Parameters<typeof chained>[0];
type History = { readonly incident: Incident; readonly entries: readonly Entry[] };

function historyOf(opened: Incident, ends: boolean): History {
  const { openedAt } = opened;
  const first = openedEntry(opened, openedAt);
  if (!ends) return { incident: opened, entries: [first] };
  const end = { kind: 'observed_clear', at: openedAt + 1, readSeq: 1 } as const;
  const incident = play(opened, end);
  return { incident, entries: [first, appliedEntry(opened, incident, end, end.at)] };
}

async function write(db: Db, histories: readonly History[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('incidents')
      .values(histories.map(({ incident }) => rowOf(incident)))
      .execute();
    await writeEntries(
      trx,
      histories.flatMap(({ entries }) => entries),
    );
    await fillRest(trx, histories[0]?.incident.id ?? '');
  });
}

function rowOf({ revision, ...incident }: Incident) {
  return {
    id: incident.id,
    revision,
    state: incident.state,
    connector_id: incident.connector?.id ?? null,
    opened_at: incident.openedAt,
    ended_at: incident.endedAt,
    ending: incident.ending,
    document: JSON.stringify(incident),
  };
}

async function writeEntries(trx: Trx, entries: readonly Entry[]): Promise<void> {
  let head: AuditHead = await readAuditHead(trx);
  const rows: AuditRow[] = [];
  for (const entry of entries) {
    const row = chained(entry, head);
    rows.push(row);
    head = { seq: row.seq, hash: row.hash };
  }
  for (let at = 0; at < rows.length; at += ROWS)
    await trx
      .insertInto('audit')
      .values(rows.slice(at, at + ROWS))
      .execute();
  await trx.updateTable('audit_head').set(head).execute();
}

/**
 * Fills in what else the ended incidents leave, from this id on. It is done for each batch, because a statement for a million
 * of them exceeds the time limit of statements on PostgreSQL.
 */
async function fillRest(trx: Trx, firstId: string): Promise<void> {
  const ended = sql`from incidents where ended_at is not null and id >= ${firstId}`;
  await sql`insert into cards (incident_id, channel_id, activity_id, posted_at)
    select id, '19:past', id, opened_at ${ended}`.execute(trx);
  await sql`insert into alerts (id, incident_id, recorded_at)
    select 'past-' || id, id, opened_at ${ended}`.execute(trx);
  await sql`insert into quorums (incident_id, document)
    select id, '{"at":1,"approverId":null,"kind":"unread"}' ${ended}`.execute(trx);
  for (const task of ['server', 'sender_authentication'])
    await sql`insert into follow_up_tasks (incident_id, task, opened_at, done_at, done_by)
      select id, ${sql.lit(task)}, opened_at, ended_at, '{"tenantId":"a","objectId":"b","name":"c"}' ${ended}`.execute(
      trx,
    );
}
