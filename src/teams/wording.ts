import type { Reply } from '../incident/effects.ts';
import type { Incident } from '../incident/incident.ts';
import type { Quorum } from '../incident/quorum.ts';
import { renderIncident, summaryOf } from './incident-card.ts';
import type { Mentioned, Message } from './mention.ts';
import { alertComment, unblockReason } from './records.ts';
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
    alertComment,
    unblockReason,
  };
}
