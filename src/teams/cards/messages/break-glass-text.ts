import type { BreakGlassAct } from '../../../incident/model/break-glass.ts';
import { waitingAct } from '../../../incident/model/break-glass-acts.ts';
import { breakGlassCode } from '../../../incident/model/code.ts';
import type { Reply } from '../../../incident/model/effects.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import type { ChannelMessage, Mentioned } from '../../ports.ts';
import { clip, MAX_LISTED, MAX_REASON } from '../card-text.ts';
import { connectorName } from '../headline.ts';
import { channelMessage, escapeMarkup, mentionText } from './mention.ts';
import { messageTime, type Reader } from './message-time.ts';

/** Returns the message about break-glass for the thread. It mentions those who can stop it or have to review it. */
export function breakGlassText(
  reply: Extract<Reply, { readonly act: BreakGlassAct }>,
  incident: Incident,
  reader: Reader,
  mentioned: readonly Mentioned[],
): ChannelMessage {
  const { replies } = strings(reader.locale).breakGlass;
  const { act } = reply;
  const name = escapeMarkup(connectorName(incident, reader.locale));
  const by = escapeMarkup(act.by.name);
  const names = mentionText(mentioned);
  const request = reply.kind === 'break_glass_started' ? replies.told(names) : replies.canReview(names);
  const text = {
    break_glass_started: () => startedText(act, by, name, reader),
    break_glass_ended: () => endedText(act, by, name, reader),
    break_glass_unblocked: () => replies.unblocked(name, by),
  }[reply.kind]();
  return channelMessage(mentioned.length === 0 ? [text] : [text, request], mentioned);
}

function startedText(act: BreakGlassAct, by: string, name: string, reader: Reader): string {
  const { breakGlass, sentences } = strings(reader.locale);
  const reason = sentences.replies.reason(escapeMarkup(clip(act.reason, MAX_REASON)));
  return `${breakGlass.replies.started(by, name, messageTime(act.actsAt, reader), breakGlassCode(act))}\n\n${reason}`;
}

function endedText({ ending, fingerprint }: BreakGlassAct, by: string, name: string, reader: Reader): string {
  const { replies } = strings(reader.locale).breakGlass;
  if (ending?.kind === 'stopped') return replies.stopped(escapeMarkup(ending.by.name), name);
  const cause = ending?.kind === 'voided' ? ending.cause : { kind: 'could_not_recheck' as const };
  switch (cause.kind) {
    case 'configuration_changed':
      return fingerprint === null ? replies.configurationFound(name) : replies.configurationChanged(name);
    case 'not_eligible':
      return replies.notEligible(by, name);
    case 'could_not_recheck':
      return replies.couldNotRecheck(name);
    case 'audit_trail_broken':
      return replies.auditTrailBroken(name, cause.seq);
  }
}

/** Returns the break-glass acts that wait, each with the command that stops it. */
export function waitingActsText(incidents: readonly Incident[], locale: Locale): string {
  const { typed } = strings(locale).breakGlass;
  const { more } = strings(locale).cards;
  const lines = incidents.flatMap((incident) => {
    const act = waitingAct(incident);
    if (act === null) return [];
    const name = escapeMarkup(connectorName(incident, locale));
    return [typed.waitingOne(breakGlassCode(act), name, escapeMarkup(act.by.name))];
  });
  if (lines.length === 0) return typed.nothingWaits;
  const rest = lines.length - MAX_LISTED;
  const listed = [...lines.slice(0, MAX_LISTED), ...(rest > 0 ? [more(rest)] : [])];
  return `${typed.waiting}\n\n${listed.map((line) => `- ${line}`).join('\n')}`;
}

/** Returns the answer to a code of no act that could be stopped, followed by those that wait. */
export function unknownActText(code: string, incidents: readonly Incident[], locale: Locale): string {
  const unknown = strings(locale).breakGlass.typed.unknown(escapeMarkup(code));
  const isWaiting = incidents.some((incident) => waitingAct(incident) !== null);
  return isWaiting ? `${unknown}\n\n${waitingActsText(incidents, locale)}` : unknown;
}

export function ambiguousActText(code: string, locale: Locale): string {
  return strings(locale).breakGlass.typed.ambiguous(escapeMarkup(code));
}
