import type { BreakGlassAct } from './break-glass.ts';
import { FINAL_STATES, type Incident } from './incident.ts';

/** Returns the act that waits, or that the incident carries while `unblocking` or `verifying`; null when it carries none. */
export function currentAct({ state, breakGlassActs, authorizationId }: Incident): BreakGlassAct | null {
  const act = breakGlassActs.at(-1) ?? null;
  if (state === 'break_glass_waiting') return act;
  return (state === 'unblocking' || state === 'verifying') && act?.id === authorizationId ? act : null;
}

/** Returns the act whose wait is not over; null when none waits. */
export function waitingAct(incident: Incident): BreakGlassAct | null {
  return incident.state === 'break_glass_waiting' ? currentAct(incident) : null;
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
