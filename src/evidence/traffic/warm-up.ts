import { DAY_MS } from '../../incident/model/duration.ts';
import { type TrafficHour, totalOf } from '../../incident/model/traffic.ts';
import { cleanOf } from './usual.ts';

/** A new server's mail is trusted when it grows slowly: to no more than twice the volume of the day before. */
const FACTOR = 2;
/** A daily volume that is always acceptable. */
const FLOOR = 100;
/** How long a connector counts as new. */
const YOUNG_MS = 30 * DAY_MS;
/** A connector without mail for this long counts as new when its mail begins again; a shorter gap may be a holiday. */
const GAP_MS = 7 * DAY_MS;
const SCHEDULE_DAYS = 7;
/** How many days back growth is judged; faster growth before that has been noticed by now. */
const LATELY_DAYS = 3;

export type WarmUp = {
  /** Full days since the first mail. */
  readonly days: number;
  /** The acceptable number of messages today. */
  readonly today: number;
  /** The recent day with the fastest growth, if it was too fast. */
  readonly tooFast: { readonly messages: number; readonly before: number; readonly schedule: readonly number[] } | null;
};

type Mail = {
  /** Oldest first. */
  readonly hours: readonly TrafficHour[];
  /** The time from which every hour is known, ms since the epoch. */
  readonly knownFrom: number;
  readonly createdAt: number | null;
  readonly now: number;
};

/** Returns the warm-up of a new connector; null for one whose mail began more than 30 days ago, or may have begun before the known hours. */
export function warmUpOf({ hours, knownFrom, createdAt, now }: Mail): WarmUp | null {
  const first = hours.find((hour) => cleanOf(hour) > 0)?.at ?? now;
  const beginsInSight = first - knownFrom >= GAP_MS;
  // Mail from before its creation means that the connector was recreated and is not new.
  const isNew = createdAt !== null && now - createdAt < YOUNG_MS && first >= createdAt - DAY_MS;
  if (!isNew && !(beginsInSight && now - first < YOUNG_MS)) return null;
  const daily = dailyOf(hours, now);
  const days = Math.floor((now - first) / DAY_MS);
  return { days, today: limitAfter(daily[1]?.clean ?? 0), tooFast: fastest(daily) };
}

type Day = { readonly messages: number; readonly clean: number };

/** Sums up days of 24 hours that end now, latest first. */
function dailyOf(hours: readonly TrafficHour[], now: number): readonly Day[] {
  return Array.from({ length: LATELY_DAYS + 1 }, (_, day) => {
    const [from, until] = [now - (day + 1) * DAY_MS, now - day * DAY_MS];
    const total = totalOf(hours.filter(({ at }) => at >= from && at < until));
    return { messages: total.messages, clean: cleanOf(total) };
  });
}

/** Counts a day with its spam and the day before without, so that more spam never makes growth appear slower. */
function fastest(daily: readonly Day[]): WarmUp['tooFast'] {
  const grown = daily.slice(0, LATELY_DAYS).map((day, index) => {
    return { messages: day.messages, before: daily[index + 1]?.clean ?? 0 };
  });
  const tooFast = grown.filter(({ messages, before }) => messages > limitAfter(before));
  const worst = tooFast.sort((a, b) => b.messages / limitAfter(b.before) - a.messages / limitAfter(a.before))[0];
  return worst === undefined ? null : { ...worst, schedule: scheduleFrom(worst.before) };
}

function limitAfter(before: number): number {
  return Math.max(FLOOR, FACTOR * before);
}

function scheduleFrom(before: number): readonly number[] {
  return Array.from({ length: SCHEDULE_DAYS }, (_, day) => limitAfter(before) * FACTOR ** day);
}
