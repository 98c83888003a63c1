import type { Person, VoidCause } from './approval.ts';

export type BreakGlassEnding =
  | { readonly kind: 'stopped'; readonly by: Person; readonly at: number }
  | { readonly kind: 'voided'; readonly at: number; readonly cause: VoidCause }
  /** The restriction went before Exchange was asked. */
  | { readonly kind: 'overtaken'; readonly at: number };

/** What a different eligible person found when it was over. */
type Review = { readonly by: Person; readonly at: number; readonly comment: string };

/** One person of the emergency group unblocking alone, after a wait in which any approver can stop it. */
export type BreakGlassAct = {
  readonly id: string;
  readonly by: Person;
  readonly startedAt: number;
  /** When the wait is over. */
  readonly actsAt: number;
  readonly reason: string;
  /** Of the configuration the person was shown; null when Exchange did not show one. */
  readonly fingerprint: string | null;
  /** When the intention to ask Exchange was committed; null while or because it was not. */
  readonly askedAt: number | null;
  /** Null while it is carried out, and for good once Exchange was asked. */
  readonly ending: BreakGlassEnding | null;
  readonly review: Review | null;
};
