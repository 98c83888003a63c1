import type { Person } from './approval.ts';
import { currentAct } from './break-glass-acts.ts';
import type { Incident } from './incident.ts';

/** Why Exchange may be asked now: an approval that was confirmed, or a break-glass act; since when (ms), of which configuration. */
export type Authorization = { readonly id: string; readonly since: number; readonly fingerprint: string | null } & (
  | { readonly kind: 'two_people'; readonly approver: Person; readonly confirmer: Person }
  | { readonly kind: 'break_glass'; readonly by: Person }
);

/** Two people's agreement while `unblocking`, one person's break-glass act while `break_glass_unblocking`; else null. */
export function authorizationOf(incident: Incident): Authorization | null {
  const { state, approval } = incident;
  if (state === 'break_glass_unblocking') {
    const act = currentAct(incident);
    return act && { kind: 'break_glass', id: act.id, since: act.actsAt, fingerprint: act.fingerprint, by: act.by };
  }
  if (state !== 'unblocking' || approval === null) return null;
  const { id, fingerprint, approver, confirmer, confirmedAt } = approval;
  if (confirmer === null || confirmedAt === null) return null;
  return { kind: 'two_people', id, since: confirmedAt, fingerprint, approver, confirmer };
}
