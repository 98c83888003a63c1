import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Person } from '../incident/approval.ts';
import type { Db, Trx } from './database.ts';
import type { AuditRow } from './schema.ts';

export type AuditEntry = {
  readonly at: number;
  readonly action: string;
  readonly incidentId: string | null;
  readonly connectorId: string | null;
  readonly actor: Person | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** Appends an entry that carries the hash of the one before it, so that an edit or a gap shows; gives the new head. */
export async function appendAudit(trx: Trx, entry: AuditEntry): Promise<AuditHead> {
  const head = await lockHead(trx);
  const content = {
    seq: head.seq,
    at: entry.at,
    action: entry.action,
    incident_id: entry.incidentId,
    connector_id: entry.connectorId,
    actor_id: entry.actor === null ? null : `${entry.actor.tenantId}/${entry.actor.objectId}`.toLowerCase(),
    actor_name: entry.actor?.name ?? null,
    details: JSON.stringify(entry.details),
    previous_hash: head.hash,
  };
  const hash = hashOf(content);
  await trx
    .insertInto('audit')
    .values({ ...content, hash })
    .execute();
  await trx.updateTable('audit_head').set({ hash }).execute();
  return { seq: head.seq, hash };
}

/** What binds an entry to everything before it: SHA-256 of its own columns in order, the previous hash among them. */
export function hashOf(content: Omit<AuditRow, 'hash'>): string {
  const { seq, at, action, incident_id, connector_id, actor_id, actor_name, details, previous_hash } = content;
  const columns = [seq, at, action, incident_id, connector_id, actor_id, actor_name, details, previous_hash];
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex');
}

const PAGE = 5_000;

/** Every entry from one time (ms, inclusive) to another (exclusive), oldest first. */
export async function* readAudit(db: Db, from = 0, to = Number.MAX_SAFE_INTEGER): AsyncGenerator<AuditRow> {
  for (let last = 0; ; ) {
    const all = db.selectFrom('audit').selectAll().where('seq', '>', last);
    const rows = await all.where('at', '>=', from).where('at', '<', to).orderBy('seq').limit(PAGE).execute();
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.seq;
  }
}

export type AuditHead = { readonly seq: number; readonly hash: string };

/** A head as it is noted elsewhere: its number and the first 64 bits of its hash, which nobody can forge. */
export function anchorText({ seq, hash }: AuditHead): string {
  return `${seq}:${hash.slice(0, 16)}`;
}

/** The number and hash of the last entry, as they were written with it. */
export async function readAuditHead(db: Db): Promise<AuditHead> {
  return db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
}

/** Counts the head on, which holds back every other writer until this transaction ends. */
async function lockHead(trx: Trx): Promise<{ readonly seq: number; readonly hash: string }> {
  const query = trx.updateTable('audit_head').set({ seq: sql<number>`seq + 1` }).returning(['seq', 'hash']);
  return query.executeTakeFirstOrThrow();
}
