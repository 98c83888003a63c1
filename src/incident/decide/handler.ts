import type { Effect } from '../model/effects.ts';
import type { EventKind, IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';
import type { Refusal } from '../model/refusal.ts';

/** What an event asks of an incident in whose state it applies; the state itself is moved by `transitions`. */
export type HandlerResult =
  | {
      readonly kind: 'apply';
      readonly change: Partial<Omit<Incident, 'id' | 'revision' | 'state'>>;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | Ignored<'ignore'>;

/** `until` is when the event will apply, ms since the epoch, when it only came too early. */
export type Ignored<K extends string> = { readonly kind: K; readonly reason: string; readonly until?: number };

export type Handlers<K extends EventKind> = {
  readonly [kind in K]: (incident: Incident, event: IncidentEvent<kind>) => HandlerResult;
};

export function apply(
  change: Extract<HandlerResult, { kind: 'apply' }>['change'],
  ...effects: readonly Effect[]
): HandlerResult {
  return { kind: 'apply', change, effects };
}

export function refuse(refusal: Refusal): HandlerResult {
  return { kind: 'refuse', refusal };
}

export function ignore(reason: string): HandlerResult {
  return { kind: 'ignore', reason };
}

/** For an event of a timer, whose clock may have been set back since. */
export function tooEarly(reason: string, until: number): HandlerResult {
  return { kind: 'ignore', reason, until };
}
