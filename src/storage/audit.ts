import { createHash } from 'node:crypto';
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

const BEGINNING = '0'.repeat(64);

/** Appends an entry that carries the hash of the one before it, so that an edit or a gap shows. */
export async function appendAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  const last = await trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const content = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    action: entry.action,
    incident_id: entry.incidentId,
    connector_id: entry.connectorId,
    actor_id: entry.actor === null ? null : `${entry.actor.tenantId}/${entry.actor.objectId}`.toLowerCase(),
    actor_name: entry.actor?.name ?? null,
    details: JSON.stringify(entry.details),
    previous_hash: last?.hash ?? BEGINNING,
  };
  const hash = createHash('sha256')
    .update(JSON.stringify(Object.values(content)))
    .digest('hex');
  await trx
    .insertInto('audit')
    .values({ ...content, hash })
    .execute();
}
