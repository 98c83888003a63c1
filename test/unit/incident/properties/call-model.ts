import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { applied, type CallFacts, type Facts, IGNORED, type Judgement } from './facts.ts';

type NewsOfCall = IncidentEvent<
  'unblock_intended' | 'unblock_accepted' | 'unblock_outcome_unknown' | 'unblock_refused'
>;

/** Judges events of the call on the authorization in force; those of any other are ignored. */
export function judgeNewsOfCall(facts: Facts, state: string, event: NewsOfCall): Judgement {
  if (state === 'verifying' && event.kind === 'unblock_refused') return judgeLateRefusal(facts, event);
  const { authorizationId } = event;
  if (inForce(facts, state) !== authorizationId) return IGNORED;
  const wasCalled = facts.call?.authorizationId === authorizationId;
  if (wasCalled === (event.kind === 'unblock_intended')) return IGNORED;
  switch (event.kind) {
    case 'unblock_intended': {
      const acts = facts.acts.map((act) => (act.id === authorizationId ? { ...act, asked: true } : act));
      return applied({ ...called(facts, authorizationId, 'pending', 0), acts });
    }
    case 'unblock_refused':
      return applied(called(facts, authorizationId, 'refused', 0));
    case 'unblock_accepted':
    case 'unblock_outcome_unknown': {
      const done = event.kind === 'unblock_accepted' && event.notCalled === true ? 'not_called' : 'accepted';
      const lost = event.kind === 'unblock_outcome_unknown' && event.busy ? 'busy' : 'unknown';
      const outcome = event.kind === 'unblock_accepted' ? done : lost;
      return applied(
        { ...called(facts, authorizationId, outcome, event.verifyBy), missingSince: null },
        'verify_unblock',
      );
    }
  }
}

/** Judges a refusal that arrives after another worker reported the outcome of the same call as unknown. */
function judgeLateRefusal(facts: Facts, { authorizationId }: IncidentEvent<'unblock_refused'>): Judgement {
  const { call } = facts;
  const isAwaited = call?.authorizationId === authorizationId && call.outcome === 'unknown';
  return isAwaited ? applied(called(facts, authorizationId, 'refused', 0)) : IGNORED;
}

/** Returns the id of the authorization in force: two people's approval or one person's act. */
function inForce({ approval, acts, way }: Facts, state: string): string | undefined {
  if (state !== 'unblocking') return undefined;
  return way === 'break_glass' ? acts.at(-1)?.id : approval?.id;
}

function called(facts: Facts, authorizationId: string, outcome: CallFacts['outcome'], verifyBy: number): Facts {
  return { ...facts, call: { authorizationId, outcome, verifyBy, timedOut: false } };
}
