import type { Incident } from '../../incident/model/incident.ts';
import { type DueReminder, MAX_REMINDERS } from '../../incident/model/reminder.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { connectorName } from './headline.ts';
import { type ChannelMessage, escapeMarkup, type Mentioned, mention } from './mention.ts';
import { messageTime } from './message-time.ts';

/**
 * A reminder for the thread: what waits and until when, who is asked, and when the next reminder follows.
 * `asked` is null when it could not be found out, `next` (ms) is null when none follows for this.
 */
export function reminderText(
  { kind, ask }: DueReminder,
  incident: Incident,
  locale: Locale,
  asked: readonly Mentioned[] | null,
  next: number | null,
): ChannelMessage {
  const { reminders } = strings(locale).sentences;
  const mentions = (asked ?? []).map(mention);
  const names = mentions.map(({ text }) => text).join(', ');
  const who = mentions.length > 0 ? [reminders.asked[kind](names)] : asked === null ? [] : [reminders.nobody];
  const isLast = incident.reminders.length >= MAX_REMINDERS;
  const last = isLast ? [reminders.last] : [];
  const after = next === null ? last : [reminders.next(messageTime(next, locale))];
  const lines = [waiting(ask, incident, locale), ...who, ...after];
  return { text: lines.join('\n\n'), entities: mentions.map(({ entity }) => entity) };
}

function waiting(ask: DueReminder['ask'], incident: Incident, locale: Locale): string {
  const { reminders } = strings(locale).sentences;
  const { approval, connector, openedAt } = incident;
  const name = escapeMarkup(connectorName(incident, locale));
  if (ask === 'confirm' && approval !== null)
    return reminders.confirm(escapeMarkup(approval.approver.name), name, messageTime(approval.expiresAt, locale));
  return reminders.approve(name, messageTime(connector?.restrictedSince ?? openedAt, locale));
}
