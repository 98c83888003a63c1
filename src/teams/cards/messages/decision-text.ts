import { approvalCode } from '../../../incident/model/code.ts';
import { displayState } from '../../../incident/model/display-state.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import { newDangers } from '../../../incident/model/new-danger.ts';
import { RECOMMENDATIONS, toAcknowledge } from '../../../incident/model/recommendations.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { clip, MAX_LISTED, MAX_NAME, MAX_REASON } from '../card-text.ts';
import { statementInMessage } from '../finding-text.ts';
import { connectorName } from '../headline.ts';
import { escapeMarkup } from './mention.ts';

/** Returns what to check before approving by typing, and the code that stands for having been shown it. */
export function offerText(
  incident: Incident,
  { code, reason }: { readonly code: string; readonly reason: string },
  locale: Locale,
): string {
  const { cards, decisions, sentences } = strings(locale);
  const name = escapeMarkup(connectorName(incident, locale));
  if (incident.state !== 'restricted' && incident.state !== 'unblock_failed')
    return decisions.notNow(name, sentences.states[displayState(incident)]);
  const reviewed = RECOMMENDATIONS.map((id) => `- ${cards.recommendations[id]}`);
  const steps = [...dangerLines(incident, locale), ...reviewed];
  const given = reason === '' ? decisions.reasonHere : escapeMarkup(clip(reason, MAX_REASON));
  const { offerTitle, evidence, offer, offerEnds } = decisions;
  return [offerTitle(name), steps.join('\n'), evidence, offer(code, given), offerEnds].join('\n\n');
}

/** Returns the dangers that the code acknowledges, each with its sentence. */
function dangerLines({ findings = [] }: Incident, locale: Locale): readonly string[] {
  const { findings: texts } = strings(locale);
  return findings
    .filter(({ check }) => toAcknowledge(findings).includes(check))
    .map(({ check, statements }) => {
      return `- ${texts.acknowledge(texts.checks[check])} ${statementInMessage(statements[0], { locale })}`;
    });
}

/** Returns the answer to a code that is no longer valid. */
export function staleCodeText(typed: string, locale: Locale): string {
  return strings(locale).decisions.stale(escapeMarkup(typed));
}

/** Returns the answer to a name that no restricted connector has: those it may have meant, or else all that are restricted. */
export function notRestrictedText(
  typed: string,
  incidents: readonly Incident[],
  similar: readonly string[],
  locale: Locale,
): string {
  const { chat, decisions } = strings(locale);
  if (incidents.length === 0) return decisions.none;
  const text = decisions.notRestricted(escapeMarkup(clip(typed, MAX_NAME)));
  if (similar.length > 0) return `${text} ${chat.didYouMean(similar.map(escapeMarkup).join(', '))}`;
  return `${text}\n\n${restrictedText(incidents, locale)}`;
}

/** Returns the open incidents that a bare "approve" may have meant. */
export function restrictedText(incidents: readonly Incident[], locale: Locale): string {
  const { cards, decisions, sentences } = strings(locale);
  if (incidents.length === 0) return decisions.none;
  const lines = incidents
    .slice(0, MAX_LISTED)
    .map((it) => decisions.restricted(escapeMarkup(connectorName(it, locale)), sentences.states[displayState(it)]));
  const rest = incidents.length - lines.length;
  return `${decisions.which}\n\n${[...lines, ...(rest > 0 ? [cards.more(rest)] : [])].map((line) => `- ${line}`).join('\n')}`;
}

type Verb = 'confirm' | 'reject' | 'withdraw' | 'ask';

/** Returns the approvals that wait for a second admin, each with the command to type. */
export function waitingText(incidents: readonly Incident[], verb: Verb, locale: Locale): string {
  const { decisions, findings } = strings(locale);
  const lines = incidents.slice(0, MAX_LISTED).flatMap((incident) => {
    const { approval } = incident;
    if (approval === null) return [];
    const command = `${decisions.send[verb]} ${approvalCode(approval)}`;
    const name = escapeMarkup(connectorName(incident, locale));
    const line = decisions.waitingOne(command, name, escapeMarkup(approval.approver.name));
    const worse = newDangers(incident, approval).map(
      ({ check, statements }) => `${findings.checks[check]}: ${statementInMessage(statements[0], { locale })}`,
    );
    return [`- ${[line, ...(worse.length === 0 ? [] : [decisions.gotWorse(worse.join(' '))])].join(' ')}`];
  });
  if (lines.length === 0) return decisions.nothingWaits;
  const evidence = verb === 'confirm' ? [decisions.evidence] : [];
  return [decisions.waiting, lines.join('\n'), ...evidence].join('\n\n');
}

export function unknownCodeText(typed: string, waiting: readonly Incident[], verb: Verb, locale: Locale): string {
  const unknown = strings(locale).decisions.unknown(escapeMarkup(typed));
  return waiting.length === 0 ? unknown : `${unknown}\n\n${waitingText(waiting, verb, locale)}`;
}

export function ambiguousCodeText(typed: string, locale: Locale): string {
  return strings(locale).decisions.ambiguous(escapeMarkup(typed));
}
