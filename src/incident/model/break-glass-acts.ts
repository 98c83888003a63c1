import type { BreakGlassAct } from './break-glass.ts';
import { FINAL_STATES, type Incident, type IncidentState } from './incident.ts';

const BREAK_GLASS_STATES: ReadonlySet<IncidentState> = new Set([
  'break_glass_waiting',
  'break_glass_unblocking',
  'break_glass_verifying',
]);

/** Returns the act under way; null in every state but those of break-glass. */
export function currentAct({ state, breakGlassActs }: Incident): BreakGlassAct | null {
  return BREAK_GLASS_STATES.has(state) ? (breakGlassActs.at(-1) ?? null) : null;
}

/** Returns the act on which Exchange was last called; null when it was not called, or was called on an approval. */
export function askedAct({ breakGlassActs, unblockCall }: Incident): BreakGlassAct | null {
  return breakGlassActs.find(({ id }) => id === unblockCall?.authorizationId) ?? null;
}

/** Returns the first act that called Exchange and has no review, once the incident has ended; null when none needs a review. */
export function actToReview({ state, breakGlassActs }: Incident): BreakGlassAct | null {
  if (!FINAL_STATES.has(state)) return null;
  return breakGlassActs.find(({ askedAt, review }) => askedAt !== null && review === null) ?? null;
}
