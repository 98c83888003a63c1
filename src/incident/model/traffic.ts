import { HOUR_MS } from './duration.ts';

/** A connector's mail in one hour, one message for each recipient. */
export type TrafficHour = {
  /** When the hour begins, ms since the epoch. */
  readonly at: number;
  readonly messages: number;
  /** The messages that Microsoft judged to be spam, phish or malware; never more than `messages`. */
  readonly judged: number;
};

/** The mail since `recentFrom`, which may be none, and the time of the first mail in the whole period that was read. */
type Recent = { readonly messages: number; readonly judged: number; readonly firstAt: number };

/** The mail of one pair of sender domains, lower case. */
export type SenderDomains = Recent & {
  /** The domain of the envelope (5321.MailFrom); empty for a bounce, which has no sender. */
  readonly envelope: string;
  /** The domain of the From header (5322.From); null when the source does not have it. */
  readonly from: string | null;
};

/** The mail from one server address as the source writes it; empty when it has none. */
export type SendingAddress = Recent & { readonly address: string };

/** Advanced hunting records the connector of a message; message trace records only the sending address. */
export type TrafficSource = 'hunting' | 'trace';

/** One reading of a connector's mail. */
export type TrafficReading = {
  readonly source: TrafficSource;
  /** The period that was read, ms since the epoch: from `from`, inclusive, to `until`, exclusive. */
  readonly from: number;
  readonly until: number;
  /** The time from which senders and addresses are counted, ms since the epoch. */
  readonly recentFrom: number;
  /** Why only a part was read, so that each count means "at least"; null when all was read. */
  readonly incomplete: string | null;
  /** Hours with mail, oldest first. */
  readonly hours: readonly TrafficHour[];
  /** Pairs with the most mail first. */
  readonly senders: readonly SenderDomains[];
  /** Addresses with the most mail first. */
  readonly addresses: readonly SendingAddress[];
};

/** At least this many messages judged to be spam, with at least SPAM_PERCENT of the mail, are spam rather than an accident. */
export const SPAM_MESSAGES = 20;
export const SPAM_PERCENT = 10;

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

/** Returns the domains of the envelope and of the From header that are known, each once. */
export function domainsOf({ envelope, from }: SenderDomains): readonly string[] {
  return [...new Set([envelope, from ?? ''])].filter((domain) => domain !== '');
}

/** Returns the known addresses with recent mail. */
export function addressesSeen({ addresses }: TrafficReading): readonly SendingAddress[] {
  return addresses.filter(({ address, messages }) => address !== '' && messages > 0);
}

/** Compares counts for sorting, most mail first. */
export function mostFirst(a: { readonly messages: number }, b: { readonly messages: number }): number {
  return b.messages - a.messages;
}
