import { authorizationOf } from '../model/authorization.ts';
import type { Effect } from '../model/effects.ts';
import type { IncidentEvent } from '../model/events.ts';
import type { Incident, UnblockCall } from '../model/incident.ts';
import { apply, type HandlerResult, type Handlers, ignore } from './handler.ts';

/** Handles the call to Exchange: first the intention, then the outcome. */
export const unblockHandlers: Handlers<
  'unblock_intended' | 'unblock_accepted' | 'unblock_outcome_unknown' | 'unblock_refused' | 'verification_timed_out'
> = {
  unblock_intended(incident, event) {
    if (authorizationOf(incident)?.id !== event.authorizationId) return ignore('no such authorization is in force');
    if (incident.unblockCall?.authorizationId === event.authorizationId)
      return ignore('Exchange has already been called on this authorization');
    const unblockCall: UnblockCall = {
      authorizationId: event.authorizationId,
      intendedAt: event.at,
      outcome: 'pending',
      requestId: null,
      words: null,
    };
    return apply({ unblockCall, breakGlassActs: withCallTime(incident, event) });
  },

  unblock_accepted(incident, event) {
    const outcome = event.notCalled === true ? 'not_called' : 'accepted';
    return withOutcome(incident, event.authorizationId, { outcome, requestId: event.requestId, words: null }, event);
  },

  unblock_outcome_unknown(incident, event) {
    return withOutcome(
      incident,
      event.authorizationId,
      {
        outcome: event.busy === true ? 'busy' : 'unknown',
        requestId: event.requestId ?? null,
        words: event.words,
      },
      event,
    );
  },

  unblock_refused(incident, event) {
    // While another worker verifies the call, the response may still reach the worker that made it.
    if (incident.state === 'verifying' && incident.unblockCall?.outcome !== 'unknown')
      return ignore('the outcome of the call is already known');
    const outcome = { outcome: 'refused', requestId: event.requestId, words: event.words } as const;
    return withOutcome(incident, event.authorizationId, outcome, null, {
      kind: 'post_reply',
      reply: { kind: 'unblock_failed', words: event.words },
    });
  },

  verification_timed_out(incident, event) {
    if (incident.verifyBy !== null && event.at < incident.verifyBy) return ignore('the verification has not timed out');
    const busy = incident.unblockCall?.outcome === 'busy' ? { busy: true as const } : {};
    return apply({ verifyBy: null }, { kind: 'post_reply', reply: { kind: 'unblock_failed', words: null, ...busy } });
  },
};

/** Records on the break-glass act, if the call is made on one, that Exchange is called. */
function withCallTime(incident: Incident, { authorizationId, at }: IncidentEvent<'unblock_intended'>) {
  return incident.breakGlassActs.map((act) => (act.id === authorizationId ? { ...act, askedAt: at } : act));
}

function withOutcome(
  incident: Incident,
  authorizationId: string,
  outcome: Pick<UnblockCall, 'outcome' | 'requestId' | 'words'>,
  verification: { readonly verifyBy: number } | null,
  ...effects: readonly Effect[]
): HandlerResult {
  const { unblockCall: call } = incident;
  if (incident.state !== 'verifying' && authorizationOf(incident)?.id !== authorizationId)
    return ignore('no such authorization is in force');
  if (call === null || call.authorizationId !== authorizationId)
    return ignore('Exchange was not called on this authorization');
  const unblockCall = { ...call, ...outcome };
  if (verification === null) return apply({ unblockCall, verifyBy: null }, ...effects);
  const { verifyBy } = verification;
  return apply({ unblockCall, verifyBy, missingSince: null }, { kind: 'verify_unblock', verifyBy }, ...effects);
}
