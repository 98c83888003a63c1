import type { ChannelNotice } from '../incident/model/channel-move.ts';
import type { Reply } from '../incident/model/effects.ts';
import type { Aftermath } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { OutageNotice } from '../incident/model/outage.ts';
import type { Posture, Week } from '../incident/model/posture.ts';
import type { Quorum } from '../incident/model/quorum.ts';
import type { DueReminder } from '../incident/model/reminder.ts';
import type { ReportMessage, StoredFile } from '../incident/model/report-delivery.ts';
import type { CheckNotice } from '../incident/model/self-check.ts';
import type { TrailNotice } from '../incident/model/trail.ts';
import type { Place } from '../storage/conversations.ts';

/** Whom a message mentions: somebody, or everybody a Teams tag stands for. */
export type Mentioned = { readonly id: string; readonly name: string; readonly type?: 'tag' | undefined };

/** Somebody in the channel's team. */
export type Member = { readonly id: string; readonly objectId: string | null; readonly name: string };

type ChannelMessage = { readonly text: string; readonly entities: readonly object[] };

/** What jobs need of Teams. Failures are `UpstreamError`s: `not_found` when the message is gone, `forbidden` when the bot was removed. */
export type Channel = {
  postCard(place: Place, card: object, summary: string): Promise<{ readonly activityId: string }>;
  updateCard(place: Place, activityId: string, card: object, summary: string): Promise<void>;
  /** Begins a thread with a text. */
  postMessage(place: Place, message: ChannelMessage): Promise<void>;
  reply(place: Place, rootActivityId: string, message: ChannelMessage): Promise<void>;
  roster(place: Place): Promise<readonly Member[]>;
};

/** What jobs do in one person's chat. Failures are `UpstreamError`s. */
export type PersonalChat = {
  /** The chat with somebody who is in `place`, by their Teams id there. */
  open(place: Place, memberId: string): Promise<Place>;
  offerFile(
    chat: Place,
    file: {
      readonly name: string;
      readonly description: string;
      readonly sizeInBytes: number;
      readonly context: object;
    },
  ): Promise<void>;
  say(chat: Place, text: string, file: StoredFile | null): Promise<void>;
  remove(chat: Place, activityId: string): Promise<void>;
};

type Locale = 'en-US' | 'ja-JP';

/** A report on an incident as a page to give to somebody. */
type ReportPage = {
  readonly fileName: string;
  readonly html: string;
  readonly connector: string;
  readonly description: string;
};

/** Reports in the language of whoever asked for one. */
export type Reports = {
  /** Null when there is no such incident. */
  read(incidentId: string, locale: Locale): Promise<ReportPage | null>;
  text(message: ReportMessage, locale: Locale): string;
};

/** How an incident is put into words, in the channel's language. */
export type Renderer = {
  /** The quorum is what it says of who can still act; null when it says nothing. */
  card(incident: Incident, quorum: Quorum | null, aftermath: Aftermath, mentions?: readonly Mentioned[]): object;
  summary(incident: Incident): string;
  reply(reply: Reply, incident: Incident, mentions: readonly Member[]): ChannelMessage;
  /** What stands in every card of the incident, whatever its state. */
  marker(incidentId: string): string;
  /** What takes the place of an older card of an incident. */
  retired(): { readonly card: object; readonly summary: string };
  /** `asked` is null when it could not be found out, `next` (ms) is null when none follows for this. */
  reminder(due: DueReminder, incident: Incident, asked: readonly Member[] | null, next: number | null): ChannelMessage;
  outages(notices: readonly OutageNotice[]): ChannelMessage;
  trail(notice: TrailNotice): ChannelMessage;
  /** Connectors in which a check has turned `bad` that the channel does not know of. */
  posture(news: readonly Posture[]): ChannelMessage;
  /** Null when there is nothing to say. */
  digest(week: Week): ChannelMessage | null;
  /** `days` since the last drill; null when there was none. */
  drillProposal(days: number | null): { readonly card: object; readonly summary: string };
  channelMove(notice: ChannelNotice): ChannelMessage;
  /** `heartbeatOf` is the time (ms) of the last run, when the channel is to hear that all is well. */
  selfCheck(notices: readonly CheckNotice[], heartbeatOf: number | null): ChannelMessage;
  /** `anchor` is the head of the audit trail, when it is to be kept there. */
  alertComment(incident: Incident, anchor?: string): string;
  unblockReason(incident: Incident): string;
};
