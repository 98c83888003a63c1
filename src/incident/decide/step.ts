import type { Effect } from '../model/effects.ts';
import type { EventKind, IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';
import type { Refusal } from '../model/refusal.ts';

/** What an event asks of an incident in whose state it applies; the state itself is moved by `transitions`. */
export type Step =
  | {
      readonly kind: 'apply';
      readonly change: Partial<Omit<Incident, 'id' | 'revision' | 'state'>>;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | Ignored<'ignore'>;

/** `until` is when the event will apply, ms since the epoch, when it only came too early. */
export type Ignored<K extends string> = { readonly kind: K; readonly why: string; readonly until?: number };

export type Steps<K extends EventKind> = {
  readonly [kind in K]: (incident: Incident, event: IncidentEvent<kind>) => Step;
};

export function apply(change: Extract<Step, { kind: 'apply' }>['change'], ...effects: readonly Effect[]): Step {
  return { kind: 'apply', change, effects };
}

export function refuse(refusal: Refusal): Step {
  return { kind: 'refuse', refusal };
}

export function ignore(why: string): Step {
  return { kind: 'ignore', why };
}

/** For an event of a timer, whose clock may have been set back since. */
export function tooEarly(why: string, until: number): Step {
  return { kind: 'ignore', why, until };
}
