import { DAY_MS } from '../../incident/model/duration.ts';
import type { TrafficHour } from '../../incident/model/traffic.ts';

/** A connector's usual hourly volume, counted without mail judged to be spam, so that spam never becomes usual. */
export type Usual = {
  /** The median of the hours with mail. */
  readonly median: number;
  /** The 95th percentile of the hours with mail. */
  readonly high: number;
};

/** A week contains every weekday once. */
const SHORTEST_PAST_MS = 7 * DAY_MS;
/** Fewer hours with mail are too small a sample. */
const FEWEST_HOURS = 12;

/** Returns the usual volume; null when the past, known for `knownMs`, is too short to judge. */
export function usualOf(past: readonly TrafficHour[], knownMs: number): Usual | null {
  const clean = past.map(cleanOf).filter((messages) => messages > 0);
  if (knownMs < SHORTEST_PAST_MS || clean.length < FEWEST_HOURS) return null;
  const sorted = clean.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), high: quantile(sorted, 0.95) };
}

export function cleanOf({ messages, judged }: Pick<TrafficHour, 'messages' | 'judged'>): number {
  return messages - judged;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
