import type { Incident } from '../../../incident/model/incident.ts';
import { type DueReminder, MAX_REMINDERS } from '../../../incident/model/reminder.ts';
import { strings } from '../../locales/locale.ts';
import type { ChannelMessage, Mentioned } from '../../ports.ts';
import { connectorName } from '../headline.ts';
import { channelMessage, escapeMarkup, mentionText } from './mention.ts';
import { durationText, messageTime, type Reader, timeLeft } from './message-time.ts';

/**
 * Returns a reminder for the thread: what waits and until when, whom it mentions, and when the next one follows. `people` is
 * null when the people could not be determined; `next` (ms) is null when no reminder follows.
 */
export function reminderText(
  { kind, action }: DueReminder,
  incident: Incident,
  reader: Reader,
  people: readonly Mentioned[] | null,
  next: number | null,
): ChannelMessage {
  const { reminders } = strings(reader.locale).sentences;
  const mentioned = people ?? [];
  const someone = mentioned.length > 0 ? [reminders.asked[kind](mentionText(mentioned))] : [reminders.nobody];
  const peopleLine = people === null ? [] : someone;
  const isLast = incident.reminders.length >= MAX_REMINDERS;
  const last = isLast ? [reminders.last] : [];
  const after = next === null ? last : [reminders.next(messageTime(next, reader))];
  return channelMessage([waiting(action, incident, reader), ...peopleLine, ...after], mentioned);
}

function waiting(action: DueReminder['action'], incident: Incident, reader: Reader): string {
  const { reminders } = strings(reader.locale).sentences;
  const { approval, connector, openedAt } = incident;
  const name = escapeMarkup(connectorName(incident, reader.locale));
  if (action === 'confirm' && approval !== null)
    return reminders.confirm(
      escapeMarkup(approval.approver.name),
      name,
      messageTime(approval.expiresAt, reader),
      timeLeft(approval.expiresAt, reader),
    );
  const since = connector?.restrictedSince ?? openedAt;
  const { now, locale } = reader;
  const lasted = now === undefined || now <= since ? null : durationText(now - since, locale);
  return reminders.approve(name, messageTime(since, reader), lasted);
}
