import { isSamePerson } from '../model/approval.ts';
import type { BreakGlassAct, BreakGlassEnding } from '../model/break-glass.ts';
import { actToReview, currentAct } from '../model/break-glass-acts.ts';
import type { BreakGlassClick, IncidentEvent } from '../model/events.ts';
import { fingerprint } from '../model/fingerprint.ts';
import type { Incident } from '../model/incident.ts';
import { isReadable } from '../model/reason.ts';
import { changedSinceShown, showsEarlierState } from '../model/shown.ts';
import { apply, type HandlerResult, type Handlers, ignore, refuse, tooEarly } from './handler.ts';

/** Handles break-glass: the start of an act, what ends its wait, and the review afterwards. */
export const breakGlassHandlers: Handlers<BreakGlassClick | 'break_glass_due' | 'break_glass_voided'> = {
  break_glass(incident, event) {
    if (incident.connector?.raw !== undefined) return refuse({ reason: 'connector_without_id' });
    const changes = changedSinceShown(incident, event.shown);
    if (changes !== null) return refuse({ reason: 'configuration_changed', changes });
    if (showsEarlierState(incident, event.shown)) return refuse({ reason: 'stale_card' });
    if (!isReadable(event.reason)) return refuse({ reason: 'reason_missing' });
    const act = newAct(incident, event);
    return apply(
      { breakGlassActs: [...incident.breakGlassActs, act] },
      { kind: 'post_reply', reply: { kind: 'break_glass_started', act } },
      { kind: 'break_glass_due', breakGlassId: act.id, at: act.actsAt },
    );
  },

  stop_break_glass(incident, event) {
    const act = currentAct(incident);
    if (act === null) return refuse({ reason: 'not_now', state: incident.state });
    if (act.id !== event.breakGlassId) return refuse({ reason: 'break_glass_not_current' });
    if (act.askedAt !== null) return refuse({ reason: 'break_glass_too_late' });
    return ended(incident, act, { kind: 'stopped', by: event.by, at: event.at });
  },

  break_glass_due(incident, event) {
    const act = currentAct(incident);
    if (act === null || act.id !== event.breakGlassId) return ignore('a later act is waiting');
    if (event.at < act.actsAt) return tooEarly('the wait is not over yet', act.actsAt);
    return apply({ authorizationId: act.id }, { kind: 'unblock_connector', authorizationId: act.id });
  },

  break_glass_voided(incident, event) {
    const act = currentAct(incident);
    if (act === null || act.id !== event.breakGlassId) return ignore('another act is in force');
    if (act.askedAt !== null) return ignore('Exchange has already been called');
    return ended(incident, act, { kind: 'voided', at: event.at, cause: event.cause });
  },

  review_break_glass(incident, { at, by, breakGlassId, comment }) {
    const act = actToReview(incident);
    if (act === null || act.id !== breakGlassId) return refuse({ reason: 'nothing_to_review' });
    if (isSamePerson(act.by, by)) return refuse({ reason: 'own_break_glass' });
    if (!isReadable(comment)) return refuse({ reason: 'comment_missing' });
    const reviewed = { ...act, review: { by, at, comment: comment.trim() } };
    return apply({ breakGlassActs: withAct(incident, reviewed) }, { kind: 'update_card' });
  },
};

/** Replaces one of the incident's acts with its present version. */
export function withAct({ breakGlassActs }: Incident, act: BreakGlassAct): readonly BreakGlassAct[] {
  return breakGlassActs.map((other) => (other.id === act.id ? act : other));
}

function newAct(incident: Incident, event: IncidentEvent<'break_glass'>): BreakGlassAct {
  return {
    id: event.breakGlassId,
    by: event.by,
    startedAt: event.at,
    actsAt: event.actsAt,
    reason: event.reason.trim(),
    fingerprint: fingerprint(incident.connector?.configuration ?? null),
    askedAt: null,
    ending: null,
    review: null,
  };
}

function ended(incident: Incident, act: BreakGlassAct, ending: BreakGlassEnding): HandlerResult {
  const after = { ...act, ending };
  const reply = { kind: 'break_glass_ended', act: after } as const;
  return apply({ breakGlassActs: withAct(incident, after) }, { kind: 'post_reply', reply });
}
