import { isDrill } from '../../incident/model/drill.ts';
import type { Aftermath } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Quorum } from '../../incident/model/quorum.ts';
import type { Renderer } from '../ports.ts';
import type { AdaptiveCard } from './card.ts';
import { retiredCard } from './chat-card.ts';
import { summaryOf } from './headline.ts';
import { incidentMarker, renderIncident } from './incident-card.ts';
import { channelMoveText } from './messages/channel-move-text.ts';
import { drillProposal } from './messages/drill-text.ts';
import type { Reader } from './messages/message-time.ts';
import { digestText, postureText } from './messages/posture-text.ts';
import { reminderText } from './messages/reminder-text.ts';
import { replyText } from './messages/sentences.ts';
import { outageText, selfCheckText, trailText } from './messages/service-notices.ts';
import { keepRecent } from './recent-cards.ts';
import { alertComment, unblockReason } from './records.ts';
import type { Role, View } from './view.ts';

export type CardRenderer = Renderer & {
  /** Renders the card for one person, without what they cannot do. */
  personalCard(incident: Incident, quorum: Quorum | null, aftermath: Aftermath, role: Role | undefined): AdaptiveCard;
};

/** Creates the functions that render incidents and notices in the channel's language. */
export function createRenderer(view: View, clock: () => number): CardRenderer {
  const { locale, timeZone } = view;
  const reader = (): Reader => ({ locale, timeZone, now: clock() });
  const render = (incident: Incident, more: Partial<View>, quorum: Quorum | null, aftermath: Aftermath) =>
    renderIncident(incident, { ...viewOf(incident, view), ...more }, quorum, aftermath);
  return {
    // Mentions notify people only on a new card, not on an edited one.
    card: (incident, quorum, aftermath, mentions = []) => render(incident, { mentions }, quorum, aftermath),
    personalCard: keepRecent((incident, quorum: Quorum | null, aftermath: Aftermath, role: Role | undefined) =>
      render(incident, { role }, quorum, aftermath),
    ),
    summary: (incident) => summaryOf(incident, viewOf(incident, view)),
    reply: (reply, incident, mentions) => replyText(reply, incident, reader(), mentions),
    marker: incidentMarker,
    retired: () => retiredCard(locale),
    reminder: (due, incident, people, next) => reminderText(due, incident, reader(), people, next),
    posture: (postures) => postureText(postures, reader()),
    drillProposal: (days) => drillProposal(days, locale),
    digest: (week) => digestText(week, reader()),
    trail: (notice) => trailText(notice, reader()),
    channelMove: (notice) => channelMoveText(notice, view),
    outages: (notices) => outageText(notices, reader()),
    selfCheck: (notices, heartbeatOf) => selfCheckText(notices, heartbeatOf, reader()),
    alertComment,
    unblockReason,
  };
}

/** Returns the view of a drill, which is shown as if this service lifted it, whatever the mode: nobody is to run a command for it. */
function viewOf(incident: Incident, view: View): View {
  return isDrill(incident) ? { ...view, unblockMode: 'exchange' } : view;
}
