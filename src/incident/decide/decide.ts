import type { Effect } from '../model/effects.ts';
import type { EventKind, IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';
import type { Refusal } from '../model/refusal.ts';
import { approvalHandlers } from './approval-handlers.ts';
import { breakGlassHandlers } from './break-glass-handlers.ts';
import { findingHandlers } from './finding-handlers.ts';
import type { HandlerResult, Handlers, Ignored } from './handler.ts';
import { observationHandlers } from './observation-handlers.ts';
import { refusalForState } from './refusal-for-state.ts';
import { reminderHandlers } from './reminder-handlers.ts';
import { isRepeat } from './repeat.ts';
import { transitions } from './transitions.ts';
import { unblockHandlers } from './unblock-handlers.ts';

export type Decision =
  | { readonly kind: 'applied'; readonly incident: Incident; readonly effects: readonly Effect[] }
  | { readonly kind: 'repeated'; readonly incident: Incident }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | Ignored<'ignored'>;

const handlers: Handlers<EventKind> = {
  ...observationHandlers,
  ...approvalHandlers,
  ...breakGlassHandlers,
  ...unblockHandlers,
  ...reminderHandlers,
  ...findingHandlers,
};

/**
 * Decides what an event does to an incident. `seq` is the number of the audit entry that will record it. Pure: the same input
 * gives the same decision. A person's event that does not apply is refused with a reason, one that the person already caused is
 * `repeated`, and any other is ignored.
 */
export function decide(incident: Incident, event: IncidentEvent, seq: number): Decision {
  if (isRepeat(incident, event)) return { kind: 'repeated', incident };
  if ('readSeq' in event && event.readSeq < incident.changedSeq) {
    return { kind: 'ignored', reason: 'the incident changed after this reading began' };
  }
  const state = transitions[incident.state][event.kind];
  if (state === undefined) return notApplicable(incident, event);
  const result = handle(incident, event);
  if (result.kind === 'refuse') return { kind: 'refused', refusal: result.refusal };
  if (result.kind === 'ignore') return { ...result, kind: 'ignored' };
  const moved = state !== incident.state;
  const since = moved ? { changedSeq: seq, stateSince: event.at, stateRevision: incident.revision } : {};
  return {
    kind: 'applied',
    incident: { ...incident, ...since, ...result.change, state },
    effects: moved ? [{ kind: 'update_card' }, ...result.effects] : result.effects,
  };
}

function handle<K extends EventKind>(incident: Incident, event: IncidentEvent<K>): HandlerResult {
  const result: Handlers<K>[K] = handlers[event.kind];
  return result(incident, event);
}

function notApplicable(incident: Incident, event: IncidentEvent): Decision {
  const refusal = refusalForState(incident, event);
  if (refusal !== null) return { kind: 'refused', refusal };
  return { kind: 'ignored', reason: `${event.kind} does not apply to an incident that is ${incident.state}` };
}
