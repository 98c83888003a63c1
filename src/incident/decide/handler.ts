import type { Effect } from '../model/effects.ts';
import type { EventKind, IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';
import type { Refusal } from '../model/refusal.ts';

/** The result of an event that applies in the incident's state. The new state itself comes from `transitions`. */
export type HandlerResult =
  | {
      readonly kind: 'apply';
      readonly change: Partial<Omit<Incident, 'id' | 'revision' | 'state'>>;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | Ignored<'ignore'>;

/** `until` is when an event that came too early will apply, ms since the epoch. */
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

/** Ignores a timer's event that came early, as after the clock was set back. */
export function tooEarly(reason: string, until: number): HandlerResult {
  return { kind: 'ignore', reason, until };
}
