import { z } from 'zod';
import type { Authorization } from '../incident/model/authorization.ts';
import type { Incident } from '../incident/model/incident.ts';
import { jsonIn } from '../shared/json.ts';
import { actorId, fingerprintDigest, hashOf, readEntriesOf } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { AUTHORIZATION_ENDINGS } from '../storage/guards/audit-sql.ts';
import type { AuditRow } from '../storage/schema.ts';

/** An entry that an unblock requires: its action, and its actor or null for an action of the service itself. */
type Required = { readonly action: string; readonly actor: string | null };

const detailsSchema = z.object({
  approval: z
    .object({ id: z.string(), fingerprint: z.string().nullish(), confirmedAt: z.number().nullish() })
    .nullish(),
  breakGlass: z.object({ id: z.string(), fingerprint: z.string().nullish(), actsAt: z.number().nullish() }).nullish(),
});

/**
 * Whether the audit trail records the authorization of an unblock: the entries of both people, or of the break-glass act, for
 * this connector in this configuration. Each entry must have a valid hash and its place between its neighbours, and no later
 * entry may end or use the authorization.
 */
export async function isRecorded(db: Db, { id, connector }: Incident, authorization: Authorization): Promise<boolean> {
  const entries = (await readEntriesOf(db, id)).filter((row) => authorizationIn(row)?.id === authorization.id);
  if (entries.some(({ action }) => AUTHORIZATION_ENDINGS.includes(action))) return false;
  const found = requiredOf(authorization).map(({ action, actor }) =>
    entries.find((row) => row.action === action && row.actor_id === actor && row.connector_id === connector?.id),
  );
  for (const row of found) if (row === undefined || !(await isInPlace(db, row))) return false;
  const last = found.at(-1);
  return last !== undefined && isOf(authorization, last);
}

function requiredOf(authorization: Authorization): readonly Required[] {
  if (authorization.kind === 'break_glass')
    return [
      { action: 'break_glass', actor: actorId(authorization.by) },
      { action: 'break_glass_due', actor: null },
    ];
  return [
    { action: 'approve', actor: actorId(authorization.approver) },
    { action: 'confirm', actor: actorId(authorization.confirmer) },
  ];
}

/** Returns the approval or break-glass act an entry is about; null when it is about neither. */
function authorizationIn({ details }: AuditRow) {
  const read = detailsSchema.safeParse(jsonIn(details));
  if (!read.success) return null;
  const { approval, breakGlass } = read.data;
  if (approval) return { ...approval, since: approval.confirmedAt };
  return breakGlass ? { ...breakGlass, since: breakGlass.actsAt } : null;
}

/** Whether an entry records this very authorization: for the configuration that was shown, at the time in the incident. */
function isOf({ fingerprint, since }: Authorization, row: AuditRow): boolean {
  const recorded = authorizationIn(row);
  return recorded?.since === since && (recorded.fingerprint ?? null) === fingerprintDigest(fingerprint);
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
