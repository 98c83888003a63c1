import type { Person, VoidCause } from './approval.ts';
import { currentAct } from './break-glass-acts.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';

/**
 * What allows the call to Exchange: a confirmed approval or a break-glass act, with its time (ms since the epoch) and the
 * fingerprint of its configuration.
 */
export type Authorization = { readonly id: string; readonly since: number; readonly fingerprint: string | null } & (
  | { readonly kind: 'two_people'; readonly approver: Person; readonly confirmer: Person }
  | { readonly kind: 'break_glass'; readonly by: Person }
);

/** Returns the confirmed approval or the break-glass act that an incident carries while `unblocking`; null in any other state. */
export function authorizationOf(incident: Incident): Authorization | null {
  const { state, approval, authorizationId } = incident;
  if (state !== 'unblocking') return null;
  const act = currentAct(incident);
  if (act !== null)
    return { kind: 'break_glass', id: act.id, since: act.actsAt, fingerprint: act.fingerprint, by: act.by };
  if (approval === null || approval.id !== authorizationId) return null;
  const { id, fingerprint, approver, confirmer, confirmedAt } = approval;
  if (confirmer === null || confirmedAt === null) return null;
  return { kind: 'two_people', id, since: confirmedAt, fingerprint, approver, confirmer };
}

/** Returns the event that voids an authorization at `at` (ms since the epoch), after which people must agree again. */
export function voided({ kind, id }: Authorization, at: number, cause: VoidCause): IncidentEvent {
  return kind === 'two_people'
    ? { kind: 'approval_voided', at, approvalId: id, cause }
    : { kind: 'break_glass_voided', at, breakGlassId: id, cause };
}
