import type { TrafficSource } from '../traffic.ts';

/** The source of a message count, one message for each recipient. `atLeast` is true when not all mail could be read. */
type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

/**
 * Statements about how much mail a connector sends compared with its past, and how much of it Microsoft judged to be spam, phish
 * or malware.
 */
export type TrafficStatements = {
  /**
   * The fullest hour, which begins at `hour`. `usual` is the median and `high` the 95th percentile of the connector's own hours
   * with mail.
   */
  readonly volume_jump: Counted & {
    readonly messages: number;
    readonly hour: number;
    readonly usual: number;
    readonly high: number;
  };
  /** Judged mail among `messages` since `since`. `percent` is that of the worst hour or of the whole, whichever is higher. */
  readonly judged_mail: Counted & {
    readonly judged: number;
    readonly messages: number;
    readonly percent: number;
    readonly since: number;
  };
  /** Nothing unusual since `since`. `usual` is the median of the hours with mail. */
  readonly steady_traffic: Counted & { readonly messages: number; readonly usual: number; readonly since: number };
  /** The mail of the minutes before the restriction may not be recorded yet. */
  readonly latest_mail_may_follow: { readonly source: TrafficSource };
  /** The past is known for only `days` days, too few to know what is usual. */
  readonly past_too_short: { readonly days: number };
  readonly no_mail_seen: { readonly source: TrafficSource; readonly since: number };
  /** A new connector whose mail grows slowly enough. `today` is the acceptable volume of today. */
  readonly warming_up: { readonly days: number; readonly today: number };
  /** One day had `messages` after a day with `before`. `schedule` is the acceptable volume of the next days. */
  readonly growth_too_fast: Counted & {
    readonly days: number;
    readonly messages: number;
    readonly before: number;
    readonly schedule: readonly number[];
  };
  /** Message trace finds mail by the server's address, and the connector lists no address that can be searched for. */
  readonly trace_needs_addresses: Record<never, never>;
};
