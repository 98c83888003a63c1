import type { Reply } from '../incident/effects.ts';
import type { Incident } from '../incident/incident.ts';
import type { Place } from '../storage/conversations.ts';

/** Somebody in the channel's team. */
export type Member = { readonly id: string; readonly objectId: string | null; readonly name: string };

type Message = { readonly text: string; readonly entities: readonly object[] };

/** What jobs need of Teams. Failures are `UpstreamError`s: `not_found` when the message is gone, `forbidden` when the bot was removed. */
export type Channel = {
  postCard(place: Place, card: object, summary: string): Promise<{ readonly activityId: string }>;
  updateCard(place: Place, activityId: string, card: object, summary: string): Promise<void>;
  reply(place: Place, rootActivityId: string, message: Message): Promise<void>;
  roster(place: Place): Promise<readonly Member[]>;
};

/** How an incident is put into words, in the channel's language. */
export type Wording = {
  card(incident: Incident): object;
  summary(incident: Incident): string;
  reply(reply: Reply, incident: Incident, mentions: readonly Member[]): Message;
  /** `anchor` is the head of the audit trail, when it is to be kept there. */
  alertComment(incident: Incident, anchor?: string): string;
  unblockReason(incident: Incident): string;
};
