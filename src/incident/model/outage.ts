/** The sources that are read: Exchange's list of restricted connectors, and Defender's alerts at Graph. */
export const SOURCES = ['exchange', 'graph'] as const;
export type Source = (typeof SOURCES)[number];

/** The recent readings of one source. Times are in ms since the epoch. */
export type ReadingHistory = {
  /** When the latest reading in this history began. */
  readonly readAt: number;
  /** When the first incomplete reading of the present outage began; null when there is none. */
  readonly incompleteSince: number | null;
  /** Whether the latest incomplete reading had no response, rather than an incomplete one. */
  readonly unreachable: boolean;
  /** The consecutive complete readings after an outage of which the channel was notified. */
  readonly back: { readonly since: number; readonly readings: number } | null;
  /** Whether the channel was notified of the present outage. */
  readonly notified: boolean;
  /** When the channel was last notified of an outage; null before the first. */
  readonly notifiedAt: number | null;
};

export type SourceReading = {
  readonly beganAt: number;
  readonly outcome: 'complete' | 'incomplete' | 'unreachable';
};

/** A notice to the channel about a source. */
export type OutageNotice =
  | { readonly kind: 'away'; readonly source: Source; readonly since: number; readonly unreachable: boolean }
  | { readonly kind: 'back'; readonly source: Source; readonly since: number; readonly until: number };

export const NOTHING_READ: ReadingHistory = {
  readAt: 0,
  incompleteSince: null,
  unreachable: false,
  back: null,
  notified: false,
  notifiedAt: null,
};

/** A source is back when this many consecutive readings were complete, over this time. */
const BACK_READINGS = 2;
const BACK_FOR_MS = 60_000;
/** For an unstable source, the channel is notified of an outage at most twice an hour, and of its end as often. */
const BETWEEN_OUTAGES_MS = 30 * 60_000;

/** A reading of another worker ends at most this long after a later one. */
const LATE_MS = 10 * 60_000;

/**
 * Adds a reading to the history. A reading that began before the latest is ignored, unless that began so much later that the
 * clock was set back since.
 */
export function addReading(latest: ReadingHistory, { beganAt, outcome }: SourceReading): ReadingHistory {
  if (beganAt <= latest.readAt && latest.readAt - beganAt < LATE_MS) return latest;
  const history = upTo(latest, beganAt);
  const updated = { ...history, readAt: beganAt };
  if (outcome !== 'complete') {
    const incompleteSince = history.incompleteSince ?? beganAt;
    return { ...updated, incompleteSince, unreachable: outcome === 'unreachable', back: null };
  }
  if (!history.notified) return { ...updated, incompleteSince: null };
  const { since, readings } = history.back ?? { since: beganAt, readings: 0 };
  return { ...updated, back: { since, readings: readings + 1 } };
}

/** Returns the history with no time after `now`. */
function upTo(history: ReadingHistory, now: number): ReadingHistory {
  const { readAt, incompleteSince: since, back, notifiedAt } = history;
  if (readAt <= now) return history;
  return {
    ...history,
    incompleteSince: since === null ? null : Math.min(since, now),
    back: back === null ? null : { ...back, since: Math.min(back.since, now) },
    notifiedAt: notifiedAt === null ? null : Math.min(notifiedAt, now),
  };
}

/** Returns the notice that is due for an outage of at least `afterMs`; null for none. */
export function noticeDue(source: Source, history: ReadingHistory, now: number, afterMs: number): OutageNotice | null {
  const { incompleteSince: since, unreachable, back, notified, notifiedAt } = history;
  if (since === null) return null;
  if (notified) {
    const isBack = back !== null && back.readings >= BACK_READINGS && now - back.since >= BACK_FOR_MS;
    return isBack ? { kind: 'back', source, since, until: back.since } : null;
  }
  const isDue = now - since >= afterMs && (notifiedAt === null || now - notifiedAt >= BETWEEN_OUTAGES_MS);
  return isDue ? { kind: 'away', source, since, unreachable } : null;
}

/** Returns the history after the channel was notified. */
export function noticeSent(history: ReadingHistory, { kind }: OutageNotice, now: number): ReadingHistory {
  if (kind === 'away') return { ...history, notified: true, notifiedAt: now };
  return { ...history, incompleteSince: null, back: null, notified: false };
}

/**
 * Returns the history after a notice that was recorded as sent certainly did not arrive. `before` is the history before the
 * notice, `history` the present one.
 */
export function noticeRestored(history: ReadingHistory, before: ReadingHistory): ReadingHistory {
  if (before.notified) {
    const { incompleteSince, notified } = before;
    return { ...history, incompleteSince, notified, back: history.incompleteSince === null ? before.back : null };
  }
  const incompleteSince = history.back === null ? history.incompleteSince : null;
  return { ...history, incompleteSince, notified: false, notifiedAt: before.notifiedAt, back: null };
}
