/** An entry of the audit trail noted outside of the database: its number, the beginning of its hash, and where it was noted. */
export type NotedAnchor = {
  readonly seq: number;
  readonly hash: string;
  /** The Defender alert whose comment contains it; null for an anchor that this process remembers itself. */
  readonly alertId: string | null;
  /** Who wrote the comment, as Defender names them. */
  readonly author: string;
  /** When it was noted, ms since the epoch, by the clock of the system where it was noted. */
  readonly notedAt: number;
};

/** What is wrong with the audit trail: the trail itself, anchors it contradicts, or both. */
export type TrailBreak = {
  /** The first entry at fault and the reason; null when only anchors contradict the trail. */
  readonly fault: { readonly seq: number; readonly reason: string } | null;
  readonly anchors: readonly NotedAnchor[];
  /** When it was first found, ms since the epoch. */
  readonly foundAt: number;
};

/** Why nothing may be unblocked: a broken trail, or a lost database, whose trail proves nothing. */
export type UntrustedTrail = TrailBreak & { readonly loss?: DatabaseLoss };

/** The notices about the audit trail, each requested once; a crash just after the post may repeat it. */
export type TrailNotice =
  | { readonly kind: 'broken'; readonly found: TrailBreak }
  | { readonly kind: 'accepted'; readonly by: string; readonly because: string; readonly at: number }
  | { readonly kind: 'guards_restored'; readonly guards: readonly string[] }
  | { readonly kind: 'database_lost'; readonly loss: DatabaseLoss };

/** Why the database cannot be trusted: its file was deleted or replaced, or another service opened it. */
export type DatabaseLoss = 'file_replaced' | 'taken_over';

/** More anchors than a person examines one by one. */
const MAX_ANCHORS = 20;

/** Returns the number of the first entry that cannot be trusted. */
export function brokenAt({ fault, anchors }: TrailBreak): number {
  return Math.min(...(fault === null ? [] : [fault.seq]), ...anchors.map(({ seq }) => seq));
}

/**
 * Returns the known break after a check has found `found` (null: nothing). A known break stays until a person accepts it, even
 * when a later check no longer finds it. Returns `known` itself when nothing is new.
 */
export function withFound(known: TrailBreak | null, found: TrailBreak | null): TrailBreak | null {
  if (known === null || found === null) return known ?? found;
  const more = found.anchors.filter((anchor) => !known.anchors.some((it) => isSameAnchor(it, anchor)));
  const anchors = [...known.anchors, ...more].slice(0, MAX_ANCHORS);
  const fault = found.fault ?? known.fault;
  const isSame = fault?.seq === known.fault?.seq && fault?.reason === known.fault?.reason;
  if (isSame && anchors.length === known.anchors.length) return known;
  return { fault, anchors, foundAt: found.foundAt };
}

function isSameAnchor(a: NotedAnchor, b: NotedAnchor): boolean {
  return a.seq === b.seq && a.hash === b.hash;
}
