import type { TrafficSource } from '../traffic.ts';

/** Counts of messages, one for each recipient; `atLeast` when not all could be read. */
type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

/** How much mail a connector sends, against its own past, and how much of it Microsoft judged to be spam, phish or malware. */
export type TrafficStatements = {
  /** In the fullest hour, which begins at `hour`; `usual` is the median of its own hours with mail, `high` nearly all stay under. */
  readonly volume_jump: Counted & {
    readonly messages: number;
    readonly hour: number;
    readonly usual: number;
    readonly high: number;
  };
  /** Of `messages` since `since`, in percent of the worst hour or of the whole, whichever is more. */
  readonly judged_mail: Counted & {
    readonly judged: number;
    readonly messages: number;
    readonly percent: number;
    readonly since: number;
  };
  /** Nothing unusual since `since`; `usual` as above. */
  readonly steady_traffic: Counted & { readonly messages: number; readonly usual: number; readonly since: number };
  /** Its past is known for so many days only, too few to tell what is usual. */
  readonly past_too_short: { readonly days: number };
  readonly no_mail_seen: { readonly source: TrafficSource; readonly since: number };
  /** A young connector whose mail grows within the rule; `today` is what it may send today. */
  readonly warming_up: { readonly days: number; readonly today: number };
  /** One day had `messages` after a day of `before`; `schedule` is what the next days may have. */
  readonly growth_too_fast: Counted & {
    readonly days: number;
    readonly messages: number;
    readonly before: number;
    readonly schedule: readonly number[];
  };
  /** Message trace finds mail by the server's address, and the connector lists none that it can be asked for. */
  readonly trace_needs_addresses: Record<never, never>;
};
