/** What is read to know what is so: Exchange's list of restricted connectors, and Defender's alerts at Graph. */
export const SOURCES = ['exchange', 'graph'] as const;
export type Source = (typeof SOURCES)[number];

/** How reading one source has gone of late; times in ms since the epoch. */
export type ReadingHistory = {
  /** When the latest reading began that is part of this history. */
  readonly readAt: number;
  /** When the first incomplete reading of the present outage began; null while there is none. */
  readonly incompleteSince: number | null;
  /** Whether the latest incomplete reading had no answer at all, rather than one that is not whole. */
  readonly unreachable: boolean;
  /** The complete readings in a row that followed an outage which the channel knows of. */
  readonly back: { readonly since: number; readonly readings: number } | null;
  /** Whether the channel knows of the present outage. */
  readonly notified: boolean;
  /** When an outage was last told; null before the first. */
  readonly notifiedAt: number | null;
};

export type SourceReading = {
  readonly beganAt: number;
  readonly outcome: 'complete' | 'incomplete' | 'silent';
};

/** What the channel is to be told of a source. */
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

/** A source is back when so many readings in a row were complete, over so long. */
const BACK_READINGS = 2;
const BACK_FOR_MS = 60_000;
/** A source that comes and goes is told of twice an hour at most, and its return as often. */
const BETWEEN_OUTAGES_MS = 30 * 60_000;

/** The history with one more reading; one that began before the latest says nothing new. */
export function noteReading(history: ReadingHistory, { beganAt, outcome }: SourceReading): ReadingHistory {
  if (beganAt <= history.readAt) return history;
  const noted = { ...history, readAt: beganAt };
  if (outcome !== 'complete') {
    const incompleteSince = history.incompleteSince ?? beganAt;
    return { ...noted, incompleteSince, unreachable: outcome === 'silent', back: null };
  }
  if (!history.notified) return { ...noted, incompleteSince: null };
  const { since, readings } = history.back ?? { since: beganAt, readings: 0 };
  return { ...noted, back: { since, readings: readings + 1 } };
}

/** What the channel is to be told now, once an outage has lasted `afterMs`; null for nothing. */
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

/** The history once the channel has been told. */
export function noticeSent(history: ReadingHistory, { kind }: OutageNotice, now: number): ReadingHistory {
  if (kind === 'away') return { ...history, notified: true, notifiedAt: now };
  return { ...history, incompleteSince: null, back: null, notified: false };
}

/**
 * The history when what was taken as told certainly did not arrive: `before` is how it was before that, `history` what has
 * become of it meanwhile.
 */
export function noticeTakenBack(history: ReadingHistory, before: ReadingHistory): ReadingHistory {
  if (before.notified) {
    const { incompleteSince, notified } = before;
    return { ...history, incompleteSince, notified, back: history.incompleteSince === null ? before.back : null };
  }
  const incompleteSince = history.back === null ? history.incompleteSince : null;
  return { ...history, incompleteSince, notified: false, notifiedAt: before.notifiedAt, back: null };
}
