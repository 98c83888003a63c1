import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { RestrictedConnector } from '../../src/incident/model/connector.ts';
import type { IncidentEvent } from '../../src/incident/model/events.ts';
import type { Incident } from '../../src/incident/model/incident.ts';
import { type AuditHead, chained, readAuditHead } from '../../src/storage/audit.ts';
import { type Db, openDatabase, type Trx } from '../../src/storage/database.ts';
import type { AuditRow } from '../../src/storage/schema.ts';
import { appliedEntry, openedEntry } from '../../src/workflow/audit-entry.ts';
import { AOI, approve, BEN, CONNECTOR, confirm, MINUTE, play, restricted } from '../unit/incident/history.ts';

/** Rows in one statement: SQLite takes 32,766 values (sqlite.org/limits.html). */
const ROWS = 2_000;
const CONNECTORS = 1_000;
/** One of so many incidents was decided by two people. */
const DECIDED_OF = 10;
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
      Array.from({ length: count }, (_, index) => historyOf(endedAt(written + index), written + index)),
    );
  }
  const opened = open.map(({ id, name }, at) => incidentOf(ended + at, connectorOf(id, name), Date.now()));
  if (opened.length > 0)
    await write(
      db,
      opened.map((incident) => historyOf(incident, null)),
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

/** The history of an incident that has one at all: every tenth was unblocked by two people, the others ended by themselves. */
function historyOf(opened: Incident, index: number | null): History {
  const events = index === null ? [] : index % DECIDED_OF === 0 ? unblockOf(opened) : [endOf(opened.openedAt + 1)];
  const entries = [openedEntry(opened, opened.openedAt)];
  let incident = opened;
  for (const event of events) {
    const after = play(incident, event);
    entries.push(appliedEntry(incident, after, event, event.at));
    incident = after;
  }
  return { incident, entries };
}

const endOf = (at: number): IncidentEvent => ({ kind: 'observed_clear', at, readSeq: at });

function unblockOf({ id, openedAt }: Incident): readonly IncidentEvent[] {
  const authorizationId = `approval of ${id}`;
  const call = { authorizationId, requestId: id, verifyBy: openedAt + MINUTE };
  return [
    approve(AOI, openedAt + 1, authorizationId),
    confirm(BEN, openedAt + 2, authorizationId),
    { kind: 'unblock_intended', at: openedAt + 3, authorizationId },
    { kind: 'unblock_accepted', at: openedAt + 4, ...call },
    endOf(openedAt + 5),
  ];
}

async function write(db: Db, histories: readonly History[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('incidents')
      .values(histories.map(({ incident }) => rowOf(incident)))
      .execute();
    const approvals = histories.flatMap(({ incident }) => approvalRows(incident));
    if (approvals.length > 0) await trx.insertInto('approvals').values(approvals).execute();
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

function approvalRows({ id, approval }: Incident) {
  if (approval === null) return [];
  const people = {
    approver_id: approval.approver.objectId,
    confirmer_id: approval.confirmer?.objectId ?? null,
  };
  const document = JSON.stringify(approval);
  return [{ id: approval.id, incident_id: id, ...people, approved_at: approval.approvedAt, document }];
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
