import type { Person } from '../incident/approval.ts';
import type { ClickKind, IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/incident.ts';
import type { Refusal } from '../incident/refusal.ts';
import type { Click } from './actions.ts';
import type { ClickOutcome } from './answers.ts';
import { type CheckEligible, type Eligibility, eligibility } from './eligible.ts';
import type { Sender } from './incoming.ts';

/** Decides one event and remembers the result; see the workflow. */
export type Act = (
  incidentId: string,
  event: IncidentEvent<ClickKind>,
) => Promise<
  | { readonly kind: 'applied' | 'repeated'; readonly incident: Incident }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'ignored'; readonly why: string }
>;

/** A click that changes something; `refresh` only asks to see. */
export type ChangingClick = Exclude<Click, { readonly verb: 'refresh' }>;

type Dependencies = {
  readonly checkEligible: CheckEligible;
  readonly act: Act;
  /** Puts on record that somebody who may not act tried to. */
  readonly noteRefused: (incidentId: string, verb: string, sender: Sender, reason: string) => Promise<void>;
  readonly newId: () => string;
  readonly clock: () => number;
  readonly confirmWithinMs: number;
  /** Who may unblock alone in an emergency, and after what wait; null or left out where break-glass is off. */
  readonly breakGlass?: { readonly checkEligible: CheckEligible; readonly waitMs: number } | null;
  readonly tenantId: string;
  /** How long the directory may take. */
  readonly deadlineMs: number;
};

/**
 * Carries out one click: who, may they, and what it does to the incident. The directory is asked anew each time, and its
 * name for the person is the one that is kept. Rejects only when the service itself fails.
 */
export function createClicks(deps: Dependencies): (click: ChangingClick, sender: Sender) => Promise<ClickOutcome> {
  return async (click, sender) => {
    const who = await mayClick(deps, click, sender);
    if (who.kind === 'refused') {
      await deps.noteRefused(click.incidentId, click.verb, sender, who.refusal.reason);
      return who;
    }
    const event = eventOf(deps, click, who.person);
    const outcome = await deps.act(click.incidentId, event);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'ignored') throw new Error(`a click was ignored: ${outcome.why}`);
    return { kind: outcome.kind, click: event.kind, incident: outcome.incident };
  };
}

/** Everything takes an approver, but breaking the glass takes the emergency group, and that there is one. */
async function mayClick(deps: Dependencies, { verb }: ChangingClick, sender: Sender): Promise<Eligibility> {
  if (verb !== 'break_glass') return eligibility(deps, sender);
  const { breakGlass = null } = deps;
  if (breakGlass === null) return { kind: 'refused', refusal: { reason: 'break_glass_off' } };
  const who = await eligibility({ ...deps, checkEligible: breakGlass.checkEligible }, sender);
  const isOutside = who.kind === 'refused' && who.refusal.reason === 'not_member';
  return isOutside ? { kind: 'refused', refusal: { reason: 'not_in_emergency_group' } } : who;
}

function eventOf(
  { clock, newId, confirmWithinMs, breakGlass }: Dependencies,
  click: ChangingClick,
  by: Person,
): IncidentEvent<ClickKind> {
  const at = clock();
  switch (click.verb) {
    case 'approve': {
      const { reason, attested } = click;
      return { kind: 'approve', at, by, approvalId: newId(), expiresAt: at + confirmWithinMs, reason, attested };
    }
    case 'confirm':
    case 'withdraw':
      return { kind: click.verb, at, by, approvalId: click.approvalId };
    case 'reject':
      return { kind: 'reject', at, by, approvalId: click.approvalId, reason: click.reason };
    case 'acknowledge':
      return { kind: 'acknowledge', at, by };
    case 'unlink':
      return { kind: 'unlink_alert', at, by, alertId: click.alertId };
    case 'break_glass': {
      if (!breakGlass) throw new Error('break-glass is off');
      const actsAt = at + breakGlass.waitMs;
      return { kind: 'break_glass', at, by, breakGlassId: newId(), actsAt, reason: click.reason };
    }
    case 'stop':
      return { kind: 'stop_break_glass', at, by, breakGlassId: click.breakGlassId };
    case 'review':
      return { kind: 'review_break_glass', at, by, breakGlassId: click.breakGlassId, comment: click.comment };
    case 'keep':
      return { kind: 'keep_restricted', at, by, reason: click.reason };
  }
}
