import type { Person } from './approval.ts';
import { currentAct } from './break-glass-acts.ts';
import type { Incident } from './incident.ts';

/**
 * What allows the call to Exchange: a confirmed approval or a break-glass act, with its time (ms since the epoch) and the
 * fingerprint of its configuration.
 */
export type Authorization = { readonly id: string; readonly since: number; readonly fingerprint: string | null } & (
  | { readonly kind: 'two_people'; readonly approver: Person; readonly confirmer: Person }
  | { readonly kind: 'break_glass'; readonly by: Person }
);

/** Returns the confirmed approval while `unblocking`, or the break-glass act while `break_glass_unblocking`; null in any other state. */
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
