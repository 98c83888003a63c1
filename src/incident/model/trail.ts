/** An entry of the audit trail as it was noted outside of the database: its number, the beginning of its hash, and where it stands. */
export type NotedAnchor = {
  readonly seq: number;
  readonly hash: string;
  /** The Defender alert whose comment holds it; null for what this process remembers itself. */
  readonly alertId: string | null;
  /** Who wrote the comment, as Defender names them. */
  readonly author: string;
  /** When it was noted, ms since the epoch, by the clock of where it stands. */
  readonly notedAt: number;
};

/** What is wrong with the audit trail: the trail itself, anchors it contradicts, or both. */
export type TrailBreak = {
  /** The first entry that is not what it was, and how that shows; null when only anchors contradict. */
  readonly fault: { readonly seq: number; readonly reason: string } | null;
  readonly anchors: readonly NotedAnchor[];
  /** When it was first found, ms since the epoch. */
  readonly foundAt: number;
};

/** Why nothing is to be unblocked: a trail that is broken, or a database that is lost, whose trail says nothing then. */
export type UntrustedTrail = TrailBreak & { readonly loss?: DatabaseLoss };

/** What the channel is told of the audit trail, once each. */
export type TrailNotice =
  | { readonly kind: 'broken'; readonly found: TrailBreak }
  | { readonly kind: 'accepted'; readonly by: string; readonly because: string; readonly at: number }
  | { readonly kind: 'guards_restored'; readonly guards: readonly string[] }
  | { readonly kind: 'database_lost'; readonly loss: DatabaseLoss };

/** Why nothing can be relied on that is written to the database: its file is gone or is another one, or another service took it. */
export type DatabaseLoss = 'file_replaced' | 'taken_over';

/** More than a person looks into one by one. */
const MAX_ANCHORS = 20;

/** The first entry that cannot be trusted. */
export function brokenAt({ fault, anchors }: TrailBreak): number {
  return Math.min(...(fault === null ? [] : [fault.seq]), ...anchors.map(({ seq }) => seq));
}

/**
 * What is known once a check has found `found` (null: nothing). A break that is known stays until a person accepts it, even
 * when a later check no longer finds it; gives `known` itself when nothing is new.
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
