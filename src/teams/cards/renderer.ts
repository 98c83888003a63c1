import type { ChannelNotice } from '../../incident/model/channel-move.ts';
import { isDrill } from '../../incident/model/drill.ts';
import type { Reply } from '../../incident/model/effects.ts';
import type { Aftermath } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { OutageNotice } from '../../incident/model/outage.ts';
import type { Posture, Week } from '../../incident/model/posture.ts';
import type { Quorum } from '../../incident/model/quorum.ts';
import type { DueReminder } from '../../incident/model/reminder.ts';
import type { CheckNotice } from '../../incident/model/self-check.ts';
import type { TrailNotice } from '../../incident/model/trail.ts';
import type { AdaptiveCard } from './card.ts';
import { retiredCard } from './chat-card.ts';
import { summaryOf } from './headline.ts';
import { incidentMarker, renderIncident } from './incident-card.ts';
import { channelMoveText } from './messages/channel-move-text.ts';
import { drillProposal } from './messages/drill-text.ts';
import type { ChannelMessage, Mentioned } from './messages/mention.ts';
import type { Reader } from './messages/message-time.ts';
import { digestText, postureText } from './messages/posture-text.ts';
import { reminderText } from './messages/reminder-text.ts';
import { replyText } from './messages/sentences.ts';
import { outageText, selfCheckText, trailText } from './messages/service-notices.ts';
import { keepRecent } from './recent-cards.ts';
import { alertComment, unblockReason } from './records.ts';
import type { Role, View } from './view.ts';

export type Renderer = ReturnType<typeof createRenderer>;

/** Creates the functions with which jobs render an incident in the channel's language. */
export function createRenderer(view: View, clock: () => number) {
  const { locale, timeZone } = view;
  const reader = (): Reader => ({ locale, timeZone, now: clock() });
  return {
    /** `mentions` are notified only on a new card, not on an edited one. */
    card: (
      incident: Incident,
      quorum: Quorum | null,
      aftermath: Aftermath,
      mentions: readonly Mentioned[] = [],
    ): AdaptiveCard => renderIncident(incident, { ...viewOf(incident, view), mentions }, quorum, aftermath),
    personalCard: keepRecent(
      (incident: Incident, quorum: Quorum | null, aftermath: Aftermath, role: Role | undefined): AdaptiveCard =>
        renderIncident(incident, { ...viewOf(incident, view), role }, quorum, aftermath),
    ),
    summary: (incident: Incident) => summaryOf(incident, viewOf(incident, view)),
    reply: (reply: Reply, incident: Incident, mentions: readonly Mentioned[]): ChannelMessage => {
      return replyText(reply, incident, reader(), mentions);
    },
    marker: incidentMarker,
    retired: () => retiredCard(locale),
    reminder: (
      due: DueReminder,
      incident: Incident,
      people: readonly Mentioned[] | null,
      next: number | null,
    ): ChannelMessage => {
      return reminderText(due, incident, reader(), people, next);
    },
    posture: (postures: readonly Posture[]): ChannelMessage => postureText(postures, reader()),
    drillProposal: (days: number | null) => drillProposal(days, locale),
    digest: (week: Week): ChannelMessage | null => digestText(week, reader()),
    trail: (notice: TrailNotice): ChannelMessage => trailText(notice, reader()),
    channelMove: (notice: ChannelNotice): ChannelMessage => channelMoveText(notice, view),
    outages: (notices: readonly OutageNotice[]): ChannelMessage => outageText(notices, reader()),
    selfCheck: (notices: readonly CheckNotice[], heartbeatOf: number | null): ChannelMessage => {
      return selfCheckText(notices, heartbeatOf, reader());
    },
    alertComment,
    unblockReason,
  };
}

/** Returns the view of a drill, which is shown as if this service lifted it, whatever the mode: nobody is to run a command for it. */
function viewOf(incident: Incident, view: View): View {
  return isDrill(incident) ? { ...view, unblockMode: 'exchange' } : view;
}
