import { hash as digest } from 'node:crypto';
import { sql } from 'kysely';
import type { Person } from '../incident/model/approval.ts';
import { storable } from '../shared/storable.ts';
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

/** Appends an entry that contains the hash of the one before it, so that an edit or a gap can be found. Returns the new head. */
export async function appendAudit(trx: Trx, entry: AuditEntry): Promise<AuditHead> {
  const { seq, hash: previous } = await lockHead(trx);
  const row = chained(entry, { seq: seq - 1, hash: previous });
  await trx.insertInto('audit').values(row).execute();
  await trx.updateTable('audit_head').set({ hash: row.hash }).execute();
  return { seq, hash: row.hash };
}

/** Builds the row of an entry that follows `last`. Its hash is that of what the database will return. */
export function chained(entry: AuditEntry, last: AuditHead): AuditRow {
  const content = {
    seq: last.seq + 1,
    at: entry.at,
    action: entry.action,
    incident_id: entry.incidentId,
    connector_id: entry.connectorId && storable(entry.connectorId),
    actor_id: entry.actor && actorId(entry.actor),
    actor_name: entry.actor && storable(entry.actor.name),
    details: JSON.stringify(entry.details),
    previous_hash: last.hash,
  };
  return { ...content, hash: hashOf(content) };
}

/** Returns a person's id as entries contain it. */
export function actorId({ tenantId, objectId }: Person): string {
  return `${tenantId}/${objectId}`.toLowerCase();
}

/**
 * Computes the hash that links an entry to all entries before it: SHA-256 of its columns in order, including the previous hash.
 * Details of shape 2 are hashed as they are stored, because escaping a million of them would take as long as hashing them.
 */
export function hashOf(content: Omit<AuditRow, 'hash'>): string {
  const { seq, at, action, incident_id, connector_id, actor_id, actor_name, details, previous_hash } = content;
  const columns = [seq, at, action, incident_id, connector_id, actor_id, actor_name];
  const text = details.startsWith('{"shape":2,')
    ? `${JSON.stringify([...columns, previous_hash])}\n${details}`
    : JSON.stringify([...columns, details, previous_hash]);
  return digest('sha256', text);
}

/** Computes the SHA-256 of a configuration's fingerprint, which entries contain. Two are equal only if every setting is. */
export function fingerprintDigest(print: string | null): string | null {
  return print === null ? null : digest('sha256', print);
}

/** The number of rows per page. A row is about 1 KB. */
const PAGE = 500;

type Range = {
  /** Only entries after the one with this number. */
  readonly after?: number;
  /** Ms since the epoch, inclusive. */
  readonly from?: number;
  /** Ms since the epoch, exclusive. */
  readonly to?: number;
  /** The last entry to read. */
  readonly upTo?: number;
};

/** Reads every entry of a range, oldest first, in pages, so that a trail of any length fits in memory. */
export async function* readAudit(db: Db, range: Range = {}): AsyncGenerator<readonly AuditRow[]> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, upTo = Number.MAX_SAFE_INTEGER } = range;
  for (let last = range.after ?? Number.MIN_SAFE_INTEGER; ; ) {
    const all = db.selectFrom('audit').selectAll().where('seq', '>', last).where('seq', '<=', upTo);
    const rows = await all.where('at', '>=', from).where('at', '<', to).orderBy('seq').limit(PAGE).execute();
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows;
    last = end.seq;
  }
}

/** Reads every entry about an incident, oldest first. */
export async function readEntriesOf(db: Db, incidentId: string): Promise<readonly AuditRow[]> {
  return db.selectFrom('audit').selectAll().where('incident_id', '=', incidentId).orderBy('seq').execute();
}

/** Reads the last `most` entries up to number `head`, oldest first. */
export async function readLastEntries(db: Db, head: number, most: number): Promise<readonly AuditRow[]> {
  const rows = db
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', head - most)
    .where('seq', '<=', head);
  return rows.orderBy('seq').execute();
}

export type AuditHead = { readonly seq: number; readonly hash: string };

/** Formats a head for an anchor outside of the database: its number and the first 64 bits of its hash, which are infeasible to forge. */
export function anchorText({ seq, hash }: AuditHead): string {
  return `${seq}:${hash.slice(0, 16)}`;
}

/** Reads the recorded number and hash of the last entry. */
export async function readAuditHead(db: Db | Trx): Promise<AuditHead> {
  return db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
}

/** Reads the head and the number of the last existing entry in one statement, so that concurrent writes do not matter. */
export async function readAuditEnd(db: Db): Promise<{ readonly head: AuditHead; readonly lastSeq: number }> {
  const lastSeq = db.selectFrom('audit').select(({ fn }) => fn.max('audit.seq').as('last'));
  const query = db.selectFrom('audit_head').selectAll().select(lastSeq.as('last_seq'));
  const { seq, hash, last_seq } = await query.executeTakeFirstOrThrow();
  return { head: { seq, hash }, lastSeq: last_seq ?? 0 };
}

/**
 * Blocks every other writer of the trail until the transaction ends, for what must be read before an entry is written. Returns
 * the number of the last entry.
 */
export async function lockAudit(trx: Trx): Promise<number> {
  const query = trx.updateTable('audit_head').set({ seq: sql<number>`seq` }).returning('seq');
  return (await query.executeTakeFirstOrThrow()).seq;
}

/** Advances the head, which blocks every other writer until this transaction ends. */
async function lockHead(trx: Trx): Promise<AuditHead> {
  const query = trx.updateTable('audit_head').set({ seq: sql<number>`seq + 1` }).returning(['seq', 'hash']);
  return query.executeTakeFirstOrThrow();
}
