import type { Decision } from '../decide/decide.ts';
import type { IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';

/** The state with which an observation is compared. */
export type Known = {
  readonly open: readonly Incident[];
  /** Incidents that ended within the last 24 hours. */
  readonly ended: readonly Incident[];
  /** The incident that ended last, however long ago, by connector id. */
  readonly previous: ReadonlyMap<string, string>;
  /** The incident an alert belongs to, by alert id; null for an alert that was only recorded. */
  readonly alerts: ReadonlyMap<string, string | null>;
  /** When an alert without an incident was recorded, by alert id, ms since the epoch. */
  readonly recordedAt?: ReadonlyMap<string, number>;
  /** Whether this is the first observation ever, for which old alerts are recorded but not posted. */
  readonly first: boolean;
};

/** One consequence of an observation. Proposals are applied in their order. */
export type Proposal =
  | { readonly kind: 'open'; readonly opened: Extract<Decision, { kind: 'applied' }> }
  | { readonly kind: 'event'; readonly incidentId: string; readonly event: IncidentEvent }
  | { readonly kind: 'record_alert'; readonly alertId: string };

/** The number of the reading that found something, and the time of the comparison, ms since the epoch. */
export type Found = { readonly seq: number; readonly at: number };

export function eventProposal(incidentId: string, event: IncidentEvent): Proposal {
  return { kind: 'event', incidentId, event };
}
