import type { Person } from '../../incident/model/approval.ts';
import type { CardTexts } from '../../incident/model/attestation.ts';
import type { ClickKind, IncidentEvent } from '../../incident/model/events.ts';
import { CHECKS } from '../../incident/model/finding.ts';
import type { FollowUpTask } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { ACCOUNT_SECURED, acknowledgementOf } from '../../incident/model/recommendations.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import { recordingCalls } from '../../shared/call-trace.ts';
import type { Runtime } from '../../shared/runtime.ts';
import type { ClickOutcome } from '../cards/view-models.ts';
import { localeOf, strings } from '../locales/locale.ts';
import type { Sender } from '../transport/incoming.ts';
import type { Click } from './actions.ts';
import { type CheckEligible, type Eligibility, eligibility } from './eligibility.ts';

/** Decides one event and stores the result; see the workflow. */
export type Act = (
  incidentId: string,
  event: IncidentEvent<ClickKind>,
) => Promise<
  | { readonly kind: 'applied' | 'repeated'; readonly incident: Incident }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'ignored'; readonly reason: string }
>;

/** A click that changes something; `refresh` and `report` only read. */
export type ChangingClick = Exclude<Click, { readonly verb: 'refresh' | 'report' }>;

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly checkEligible: CheckEligible;
  readonly act: Act;
  /** Ticks off a task after an unblock; null when there is no such incident. */
  readonly finishFollowUp: (
    incidentId: string,
    task: FollowUpTask,
    by: Person,
  ) => Promise<{ readonly kind: 'applied' | 'repeated' } | null>;
  /** Records an attempt by a person who may not act. */
  readonly noteRefused: (
    incidentId: string,
    verb: string,
    sender: Sender,
    reason: string,
    shown?: number,
  ) => Promise<void>;
  readonly confirmWithinMs: number;
  /** Who may unblock alone in an emergency, and after what wait; null or omitted where break-glass is off. */
  readonly breakGlass?: { readonly checkEligible: CheckEligible; readonly waitMs: number } | null;
  readonly tenantId: string;
  /** The timeout of the directory, ms. */
  readonly deadlineMs: number;
};

/**
 * Carries out one click: identifies the person, checks that they may act, and applies the event to the incident. Each click
 * queries the directory, whose name for the person is the one that is stored. Rejects only when the service itself fails.
 */
export function createClicks(deps: Dependencies): (click: ChangingClick, sender: Sender) => Promise<ClickOutcome> {
  return (click, sender) => recordingCalls(() => carryOut(deps, click, sender));
}

async function carryOut(deps: Dependencies, click: ChangingClick, sender: Sender): Promise<ClickOutcome> {
  const who = await mayClick(deps, click, sender);
  if (who.kind === 'refused') {
    await deps.noteRefused(click.incidentId, click.verb, sender, who.refusal.reason, click.shown);
    return who;
  }
  if (click.verb === 'done') return finish(deps, click, who.person);
  const event = eventOf(deps, click, who.person);
  const outcome = await deps.act(click.incidentId, event);
  if (outcome.kind === 'refused') return outcome;
  if (outcome.kind === 'ignored') throw new Error(`a click was ignored: ${outcome.reason}`);
  return { kind: outcome.kind, click: event.kind, incident: outcome.incident };
}

type Tick = Extract<ChangingClick, { readonly verb: 'done' }>;

async function finish({ finishFollowUp }: Dependencies, { incidentId, task }: Tick, by: Person): Promise<ClickOutcome> {
  const finished = await finishFollowUp(incidentId, task, by);
  return finished === null
    ? { kind: 'refused', refusal: { reason: 'no_such_incident' } }
    : { kind: 'task', outcome: finished.kind };
}

/**
 * Every action requires an approver, except break-glass, which requires a member of the emergency group and that the group is
 * configured.
 */
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
  click: Exclude<ChangingClick, Tick>,
  by: Person,
): IncidentEvent<ClickKind> {
  const { shown } = click;
  const common = { at: clock(), by, ...(shown === undefined ? {} : { shown }) };
  switch (click.verb) {
    case 'approve': {
      const { reason, attested, language } = click;
      const approval = { approvalId: newId(), expiresAt: common.at + confirmWithinMs };
      return { kind: 'approve', ...common, ...approval, reason, attested, ...cardTextsIn(language) };
    }
    case 'confirm': {
      const { approvalId, evidenceReviewed } = click;
      return {
        kind: 'confirm',
        ...common,
        approvalId,
        ...(evidenceReviewed === undefined ? {} : { evidenceReviewed }),
      };
    }
    case 'withdraw':
      return { kind: 'withdraw', ...common, approvalId: click.approvalId };
    case 'ask':
      return { kind: 'ask', ...common, approvalId: click.approvalId, question: click.question };
    case 'reject':
      return { kind: 'reject', ...common, approvalId: click.approvalId, reason: click.reason };
    case 'acknowledge':
      return { kind: 'acknowledge', ...common };
    case 'unlink':
      return { kind: 'unlink_alert', ...common, alertId: click.alertId };
    case 'break_glass': {
      if (!breakGlass) throw new Error('break-glass is off');
      const actsAt = common.at + breakGlass.waitMs;
      return { kind: 'break_glass', ...common, breakGlassId: newId(), actsAt, reason: click.reason };
    }
    case 'stop':
      return { kind: 'stop_break_glass', ...common, breakGlassId: click.breakGlassId };
    case 'review':
      return { kind: 'review_break_glass', ...common, breakGlassId: click.breakGlassId, comment: click.comment };
    case 'keep':
      return { kind: 'keep_restricted', ...common, reason: click.reason };
  }
}

/** Returns the labels beside the checkboxes of a card in this language; nothing when the card does not name its language. */
function cardTextsIn(language: string | undefined): { readonly cardTexts?: CardTexts } {
  if (language === undefined) return {};
  const { cards, findings } = strings(localeOf(language, 'en-US'));
  const acknowledgements = CHECKS.map((check) => {
    return [acknowledgementOf(check), findings.acknowledge(findings.checks[check])] as const;
  });
  const named = { [ACCOUNT_SECURED]: cards.accountSecured };
  const words = { ...cards.recommendations, ...named, ...Object.fromEntries(acknowledgements) };
  return { cardTexts: { language: cards.lang, words } };
}
