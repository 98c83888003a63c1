import type { Person, VoidCause } from './approval.ts';
import { FINAL_STATES, type Incident, type IncidentState } from './incident.ts';

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

const BREAK_GLASS_STATES: ReadonlySet<IncidentState> = new Set([
  'break_glass_waiting',
  'break_glass_unblocking',
  'break_glass_verifying',
]);

/** The act that is carried out now; null in every state but those of break-glass. */
export function currentAct({ state, breakGlassActs }: Incident): BreakGlassAct | null {
  return BREAK_GLASS_STATES.has(state) ? (breakGlassActs.at(-1) ?? null) : null;
}

/** The act under which Exchange was asked last; null when it was not asked, or on two people's agreement. */
export function askedAct({ breakGlassActs, unblockCall }: Incident): BreakGlassAct | null {
  return breakGlassActs.find(({ id }) => id === unblockCall?.approvalId) ?? null;
}

/** The first act that asked Exchange and has no review, once the incident is over; null when none needs one. */
export function actToReview({ state, breakGlassActs }: Incident): BreakGlassAct | null {
  if (!FINAL_STATES.has(state)) return null;
  return breakGlassActs.find(({ askedAt, review }) => askedAt !== null && review === null) ?? null;
}
