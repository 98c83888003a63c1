import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Person } from '../incident/approval.ts';
import type { Trx } from './database.ts';

export type AuditEntry = {
  readonly at: number;
  readonly action: string;
  readonly incidentId: string | null;
  readonly connectorId: string | null;
  readonly actor: Person | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** Appends an entry that carries the hash of the one before it, so that an edit or a gap shows. */
export async function appendAudit(trx: Trx, entry: AuditEntry): Promise<void> {
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
  const hash = createHash('sha256')
    .update(JSON.stringify(Object.values(content)))
    .digest('hex');
  await trx
    .insertInto('audit')
    .values({ ...content, hash })
    .execute();
  await trx.updateTable('audit_head').set({ hash }).execute();
}

/** Counts the head on, which holds back every other writer until this transaction ends. */
async function lockHead(trx: Trx): Promise<{ readonly seq: number; readonly hash: string }> {
  const query = trx.updateTable('audit_head').set({ seq: sql<number>`seq + 1` }).returning(['seq', 'hash']);
  return query.executeTakeFirstOrThrow();
}
