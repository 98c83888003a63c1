import type { ChannelNotice } from '../incident/model/channel-move.ts';
import type { Reply } from '../incident/model/effects.ts';
import type { Aftermath } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { OutageNotice } from '../incident/model/outage.ts';
import type { Posture, Week } from '../incident/model/posture.ts';
import type { Quorum } from '../incident/model/quorum.ts';
import type { DueReminder } from '../incident/model/reminder.ts';
import type { StoredFile } from '../incident/model/report-delivery.ts';
import type { CheckNotice } from '../incident/model/self-check.ts';
import type { TrailNotice } from '../incident/model/trail.ts';
import type { Place } from '../storage/conversations.ts';

/** A person that a message mentions, or a Teams tag that stands for several. */
export type Mentioned = { readonly id: string; readonly name: string; readonly type?: 'tag' | undefined };

/** A member of a channel's team; `id` is used in mentions, `objectId` in Entra. */
export type Member = { readonly id: string; readonly objectId: string | null; readonly name: string };

export type ChannelMessage = { readonly text: string; readonly entities: readonly object[] };

/**
 * The operations in a Teams channel that jobs use. They throw UpstreamErrors: `not_found` when the message is gone,
 * `forbidden` when the bot was removed.
 */
export type Channel = {
  /** Starts a thread with a card. */
  postCard(place: Place, card: object, summary: string): Promise<{ readonly activityId: string }>;
  updateCard(place: Place, activityId: string, card: object, summary: string): Promise<void>;
  /** Starts a thread with a text. */
  postMessage(place: Place, message: ChannelMessage): Promise<void>;
  reply(place: Place, rootActivityId: string, message: ChannelMessage): Promise<void>;
  /** Lists every member of the channel's team. */
  roster(place: Place): Promise<readonly Member[]>;
};

/** A file that is offered to a person. */
export type OfferedFile = {
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
  /** Returned with the answer by the person's client: it identifies the report and proves nothing. */
  readonly context: object;
};

/** The operations in a personal chat that jobs use. They throw UpstreamErrors. */
export type PersonalChat = {
  /** Opens the chat with a member of `place`, by their Teams id there; fails with `forbidden` if they do not have the app. */
  open(place: Place, memberId: string): Promise<Place>;
  offerFile(chat: Place, file: OfferedFile): Promise<void>;
  sendText(chat: Place, text: string, file: StoredFile | null): Promise<void>;
  remove(chat: Place, activityId: string): Promise<void>;
};

/** Renders incidents and notices in the channel's language. */
export type Renderer = {
  /** Renders the card. `quorum` is what it shows about the people who can act; null to show nothing. */
  card(incident: Incident, quorum: Quorum | null, aftermath: Aftermath, mentions?: readonly Mentioned[]): object;
  summary(incident: Incident): string;
  reply(reply: Reply, incident: Incident, mentions: readonly Member[]): ChannelMessage;
  /** Returns a text that every card of the incident contains, whatever its state. */
  marker(incidentId: string): string;
  /** Renders the replacement of an incident's older card. */
  retired(): { readonly card: object; readonly summary: string };
  /**
   * `people` is null when the people to mention could not be read; `next` (ms since the epoch) is null when no further
   * reminder follows.
   */
  reminder(due: DueReminder, incident: Incident, people: readonly Member[] | null, next: number | null): ChannelMessage;
  outages(notices: readonly OutageNotice[]): ChannelMessage;
  trail(notice: TrailNotice): ChannelMessage;
  /** Renders the connectors with a check that turned `bad` and that the channel has not been notified of. */
  posture(postures: readonly Posture[]): ChannelMessage;
  /** Renders the weekly digest; null when there is nothing to report. */
  digest(week: Week): ChannelMessage | null;
  /** Renders the proposal of a drill. `days` is the time since the last drill; null when there was none. */
  drillProposal(days: number | null): { readonly card: object; readonly summary: string };
  channelMove(notice: ChannelNotice): ChannelMessage;
  /**
   * Renders the results of the self-check. `heartbeatOf` is the time of the last run (ms since the epoch) when the message
   * includes a heartbeat.
   */
  selfCheck(notices: readonly CheckNotice[], heartbeatOf: number | null): ChannelMessage;
  /** Renders the comment of an alert. `anchor` is the head of the audit trail, when the comment is to include it. */
  alertComment(incident: Incident, anchor?: string): string;
  unblockReason(incident: Incident): string;
};
