import type { BreakGlassAct } from './break-glass.ts';
import { FINAL_STATES, type Incident, type IncidentState } from './incident.ts';

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
  return breakGlassActs.find(({ id }) => id === unblockCall?.authorizationId) ?? null;
}

/** The first act that asked Exchange and has no review, once the incident is over; null when none needs one. */
export function actToReview({ state, breakGlassActs }: Incident): BreakGlassAct | null {
  if (!FINAL_STATES.has(state)) return null;
  return breakGlassActs.find(({ askedAt, review }) => askedAt !== null && review === null) ?? null;
}
