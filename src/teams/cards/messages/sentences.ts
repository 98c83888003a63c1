import type { Approval } from '../../../incident/model/approval.ts';
import type { BreakGlassAct } from '../../../incident/model/break-glass.ts';
import { approvalCode } from '../../../incident/model/code.ts';
import { displayState } from '../../../incident/model/display-state.ts';
import { isDrill } from '../../../incident/model/drill.ts';
import type { Reply } from '../../../incident/model/effects.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import type { Refusal } from '../../../incident/model/refusal.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import type { ChannelMessage, Mentioned } from '../../ports.ts';
import { clip, MAX_REASON, MAX_TEXT, oneLine } from '../card-text.ts';
import { changeText } from '../configuration-lines.ts';
import { findingInAnswer } from '../finding-text.ts';
import { connectorName } from '../headline.ts';
import type { ClickOutcome } from '../view-models.ts';
import { breakGlassText } from './break-glass-text.ts';
import { drillOverText } from './drill-text.ts';
import { channelMessage, escapeMarkup, mention, mentionText, unlinked } from './mention.ts';
import { messageTime, type Reader, timeLeft } from './message-time.ts';

/** Returns one sentence for the person who clicked: what happened, and what they can do. */
export function answerText(outcome: ClickOutcome, locale: Locale): string {
  const { sentences } = strings(locale);
  if (outcome.kind === 'task') return strings(locale).followUp.answered[outcome.outcome];
  if (outcome.kind === 'refused') return refusalText(outcome.refusal, locale);
  const { click, incident } = outcome;
  const name = unlinked(oneLine(connectorName(incident, locale)));
  return sentences[outcome.kind][click](name, sentences.states[displayState(incident)]);
}

export function refusalText(refusal: Refusal, locale: Locale): string {
  const { findings, sentences } = strings(locale);
  const { refusals, states } = sentences;
  switch (refusal.reason) {
    case 'incident_over':
    case 'not_now':
      return refusals[refusal.reason](states[refusal.state]);
    case 'another_approval_waiting':
    case 'not_your_approval':
      return refusals[refusal.reason](unlinked(oneLine(refusal.approver)));
    case 'audit_trail_broken':
      return refusals.audit_trail_broken(String(refusal.seq));
    case 'findings_not_acknowledged': {
      const names = refusal.checks.map((check) => findings.checks[check]);
      return refusals.findings_not_acknowledged(names.join(', '));
    }
    case 'findings_got_worse': {
      const found = refusal.findings.map((finding) => findingInAnswer(finding, locale));
      return refusals.findings_got_worse(found.join(' '), refusal.code);
    }
    case 'configuration_changed':
      return refusals.configuration_changed(refusal.changes.map(({ property }) => property).join(', '));
    default:
      return refusals[refusal.reason];
  }
}

/**
 * Returns a short message for the thread of an incident's card. It mentions those who can act, because an edited card notifies
 * nobody.
 */
export function replyText(
  reply: Reply,
  incident: Incident,
  reader: Reader,
  mentioned: readonly Mentioned[],
): ChannelMessage {
  const { sentences, decisions } = strings(reader.locale);
  const { replies } = sentences;
  const name = escapeMarkup(connectorName(incident, reader.locale));
  if ('act' in reply) return breakGlassText(reply, incident, reader, mentioned);
  if (reply.kind === 'question') return questionText(reply, name, reader.locale, mentioned);
  if (reply.kind !== 'approval_waiting')
    return channelMessage([withDrill(plainReply(reply, incident, name, reader), reply, incident, reader.locale)]);
  const { approver, expiresAt, reason } = reply.approval;
  const who = mentioned.length === 0 ? replies.nobodyHere : replies.canConfirm(mentionText(mentioned));
  const lines = [
    replies.approvalWaiting(
      escapeMarkup(approver.name),
      name,
      messageTime(expiresAt, reader),
      timeLeft(expiresAt, reader),
    ),
    replies.reason(escapeMarkup(clip(reason, MAX_REASON))),
    who,
    `${decisions.byHand(approvalCode(reply.approval))} ${decisions.evidence}`,
  ];
  return channelMessage(lines, mentioned);
}

/** Returns a question; the approver is mentioned if the channel's roster has them. */
function questionText(
  { approval, by, question }: Extract<Reply, { kind: 'question' }>,
  name: string,
  locale: Locale,
  mentioned: readonly Mentioned[],
): ChannelMessage {
  const { posted } = strings(locale).questions;
  const [first] = mentioned;
  const approver = first === undefined ? escapeMarkup(approval.approver.name) : mention(first).text;
  const text = posted(escapeMarkup(by.name), approver, name, escapeMarkup(clip(question, MAX_REASON)));
  return channelMessage([text], mentioned);
}

/** Adds to the end of a drill that it is over; instead of how it ended, where it was stopped. */
function withDrill(text: string, reply: Reply, incident: Incident, locale: Locale): string {
  if (!isDrill(incident) || incident.endedAt === null) return text;
  const over = drillOverText(incident, locale);
  const isStopped = reply.kind === 'connector_removed' || (reply.kind === 'unblocked' && reply.by === 'elsewhere');
  return isStopped ? over : `${text}\n\n${over}`;
}

function plainReply(
  reply: Exclude<Reply, { kind: 'approval_waiting' | 'question' } | { act: BreakGlassAct }>,
  { approval }: Incident,
  name: string,
  reader: Reader,
): string {
  const { replies, someApproval } = strings(reader.locale).sentences;
  switch (reply.kind) {
    case 'approval_ended':
      return endedText(reply.approval, name, reader);
    case 'connector_removed':
      return replies.connectorRemoved(name);
    case 'spam_after_unblock': {
      const number = new Intl.NumberFormat(reader.locale).format;
      return strings(reader.locale).followUp.spam(name, number(reply.messages), number(reply.judged));
    }
    case 'unblock_failed':
      if (reply.busy) return replies.notLiftedBusy(name);
      return reply.words === null
        ? replies.notLifted(name)
        : replies.unblockRefused(name, escapeMarkup(clip(reply.words, MAX_TEXT)));
    case 'unblocked': {
      if (reply.by === 'elsewhere') return replies.unblockedElsewhere(name);
      if (reply.by === 'earlier_call') return replies.unblockedLate(name);
      const approver = approval?.approver.name ?? someApproval;
      const confirmer = approval?.confirmer?.name ?? someApproval;
      return replies.unblockedByTwo(name, escapeMarkup(approver), escapeMarkup(confirmer));
    }
  }
}

function endedText({ ending, fingerprint }: Approval, name: string, reader: Reader): string {
  const { cards, sentences } = strings(reader.locale);
  const { replies } = sentences;
  switch (ending?.kind) {
    case 'rejected': {
      const text = replies.rejected(escapeMarkup(ending.by.name), name);
      return ending.reason === null ? text : `${text}\n\n${replies.reason(escapeMarkup(ending.reason))}`;
    }
    case 'withdrawn':
      return replies.withdrawn(escapeMarkup(ending.by.name), name);
    case 'voided': {
      const { cause } = ending;
      if (cause.kind === 'not_eligible') return replies.notEligible(escapeMarkup(cause.name), name);
      if (cause.kind === 'could_not_recheck') return replies.couldNotRecheck(name);
      if (cause.kind === 'audit_trail_broken') return replies.auditTrailBroken(name, cause.seq);
      if (fingerprint === null) return replies.configurationFound(name);
      const changes = cause.changes.slice(0, 3).map((change) => changeText(change, cards));
      return replies.configurationChanged(name, escapeMarkup(changes.join('; ')));
    }
    default:
      return replies.expired(name);
  }
}
