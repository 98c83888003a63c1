import { z } from 'zod';
import type { Authority } from '../incident/model/authority.ts';
import { hashOf } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import type { AuditRow } from '../storage/schema.ts';

/** What an entry must say for an unblock to rest on it: who did what. */
type Required = { readonly action: string; readonly actor: string };

const detailsSchema = z.object({
  approval: z.object({ id: z.string() }).nullish(),
  breakGlass: z.object({ id: z.string() }).nullish(),
});

/** What ends an authorization before Exchange is asked. */
const ENDINGS: readonly string[] = [
  ...['reject', 'withdraw', 'approval_expired', 'approval_voided'],
  ...['stop_break_glass', 'break_glass_voided'],
];

/**
 * Whether the audit trail holds the decision an unblock rests on: the entries of both people, or of the break-glass act, each
 * with its own right hash, in its place between its neighbours, and with nothing after them that ended it.
 */
export async function isRecorded(db: Db, incidentId: string, authority: Authority): Promise<boolean> {
  const all = db.selectFrom('audit').selectAll().where('incident_id', '=', incidentId).orderBy('seq');
  const entries = (await all.execute()).filter((row) => concerns(row, authority.id));
  if (entries.some(({ action }) => ENDINGS.includes(action))) return false;
  const found = requiredOf(authority).map(({ action, actor }) =>
    entries.find((row) => row.action === action && row.actor_id === actor),
  );
  for (const row of found) if (row === undefined || !(await isInPlace(db, row))) return false;
  return true;
}

function requiredOf(authority: Authority): readonly Required[] {
  if (authority.kind === 'break_glass') return [{ action: 'break_glass', actor: actorOf(authority.by) }];
  return [
    { action: 'approve', actor: actorOf(authority.approver) },
    { action: 'confirm', actor: actorOf(authority.confirmer) },
  ];
}

/** As the audit trail names an actor. */
function actorOf({ tenantId, objectId }: { readonly tenantId: string; readonly objectId: string }): string {
  return `${tenantId}/${objectId}`.toLowerCase();
}

function concerns({ details }: AuditRow, id: string): boolean {
  const read = detailsSchema.safeParse(JSON.parse(details));
  return read.success && (read.data.approval?.id === id || read.data.breakGlass?.id === id);
}

async function isInPlace(db: Db, row: AuditRow): Promise<boolean> {
  if (hashOf(row) !== row.hash) return false;
  const beside = db.selectFrom('audit').select(['seq', 'hash', 'previous_hash']);
  const neighbours = await beside.where('seq', 'in', [row.seq - 1, row.seq + 1]).execute();
  const before = neighbours.find(({ seq }) => seq === row.seq - 1);
  const after = neighbours.find(({ seq }) => seq === row.seq + 1);
  return (
    (row.seq === 1 || before?.hash === row.previous_hash) && (after === undefined || after.previous_hash === row.hash)
  );
}
