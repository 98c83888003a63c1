import type { Person, VoidCause } from './approval.ts';

export type BreakGlassEnding =
  | { readonly kind: 'stopped'; readonly by: Person; readonly at: number }
  | { readonly kind: 'voided'; readonly at: number; readonly cause: VoidCause }
  /** The restriction ended before Exchange was called. */
  | { readonly kind: 'overtaken'; readonly at: number };

/** The review by a different eligible person afterwards. */
type Review = { readonly by: Person; readonly at: number; readonly comment: string };

/** An unblock by one person of the emergency group alone, after a wait in which any approver can stop it. */
export type BreakGlassAct = {
  readonly id: string;
  readonly by: Person;
  readonly startedAt: number;
  /** When the wait ends, ms since the epoch. */
  readonly actsAt: number;
  readonly reason: string;
  /** The fingerprint of the configuration the person was shown; null when Exchange returned none. */
  readonly fingerprint: string | null;
  /** When the intention to call Exchange was committed, ms since the epoch; null when it was not. */
  readonly askedAt: number | null;
  /** Null while it is under way, and after Exchange was called. */
  readonly ending: BreakGlassEnding | null;
  readonly review: Review | null;
};
