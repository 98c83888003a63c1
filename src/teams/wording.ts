import type { Reply } from '../incident/effects.ts';
import type { Incident } from '../incident/incident.ts';
import type { Quorum } from '../incident/quorum.ts';
import type { DueReminder } from '../incident/reminder.ts';
import { incidentMarker, renderIncident, summaryOf } from './incident-card.ts';
import type { Mentioned, Message } from './mention.ts';
import { alertComment, unblockReason } from './records.ts';
import { reminderText } from './reminder-text.ts';
import { retiredCard } from './retired-card.ts';
import { replyText } from './sentences.ts';
import type { View } from './view.ts';

export type Wording = ReturnType<typeof createWording>;

/** How jobs put an incident into words, in the channel's language. */
export function createWording(view: View) {
  const { locale } = view;
  return {
    card: (incident: Incident, quorum: Quorum | null) => renderIncident(incident, view, quorum),
    summary: (incident: Incident) => summaryOf(incident, view),
    reply: (reply: Reply, incident: Incident, mentions: readonly Mentioned[]): Message => {
      return replyText(reply, incident, locale, mentions);
    },
    marker: incidentMarker,
    retired: () => retiredCard(locale),
    reminder: (
      due: DueReminder,
      incident: Incident,
      asked: readonly Mentioned[] | null,
      next: number | null,
    ): Message => {
      return reminderText(due, incident, locale, asked, next);
    },
    alertComment,
    unblockReason,
  };
}
