/** What went through a connector in one hour, one message for each recipient. */
export type TrafficHour = {
  /** When the hour begins, ms since the epoch. */
  readonly at: number;
  readonly messages: number;
  /** Of these, what Microsoft judged to be spam, phish or malware; never more than `messages`. */
  readonly judged: number;
};

/** Mail since `recentFrom`, which may be none, and when the first of it was seen in the time that was read. */
type Recent = { readonly messages: number; readonly judged: number; readonly firstAt: number };

/** Mail of one pair of sender domains, lower case. */
export type SenderDomains = Recent & {
  /** Of the envelope (5321.MailFrom); empty for a bounce, which has no sender. */
  readonly envelope: string;
  /** Of the From header (5322.From); null where the source does not have it. */
  readonly from: string | null;
};

/** Mail from one address of a server, as the source writes it; empty where it has none. */
export type SendingAddress = Recent & { readonly address: string };

/** Advanced hunting knows the connector of a message; message trace knows only the address it came from. */
export type TrafficSource = 'hunting' | 'trace';

/** One reading of a connector's mail. */
export type TrafficReading = {
  readonly source: TrafficSource;
  /** The time that was read, ms since the epoch: `from` and later, before `until`. */
  readonly from: number;
  readonly until: number;
  /** From here on senders and addresses are counted. */
  readonly recentFrom: number;
  /** Why there was more than was read, so that each count means "at least"; null when all of it was read. */
  readonly incomplete: string | null;
  /** Hours with mail, oldest first. */
  readonly hours: readonly TrafficHour[];
  /** The pairs with most mail first. */
  readonly senders: readonly SenderDomains[];
  /** The addresses with most mail first. */
  readonly addresses: readonly SendingAddress[];
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

type Counted = { readonly messages: number; readonly judged: number };

export function totalOf(counts: readonly Counted[]): Counted {
  return counts.reduce(
    (sum, { messages, judged }) => ({ messages: sum.messages + messages, judged: sum.judged + judged }),
    { messages: 0, judged: 0 },
  );
}
