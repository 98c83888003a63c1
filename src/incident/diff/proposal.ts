import type { Decision } from '../decide/decide.ts';
import type { IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';

/** What is known before an observation is compared with it. */
export type Known = {
  readonly open: readonly Incident[];
  /** Incidents that ended within the last 24 hours. */
  readonly ended: readonly Incident[];
  /** By connector id, the incident that ended last, however long ago. */
  readonly previous: ReadonlyMap<string, string>;
  /** By alert id, the incident the alert belongs to; null for an alert that was only recorded. */
  readonly alerts: ReadonlyMap<string, string | null>;
  /** By alert id, when an alert without an incident was recorded, ms since the epoch. */
  readonly recordedAt?: ReadonlyMap<string, number>;
  /** The first observation ever: what is old by then is recorded and not posted. */
  readonly first: boolean;
};

/** One thing an observation says should happen, in the order given. */
export type Proposal =
  | { readonly kind: 'open'; readonly opened: Extract<Decision, { kind: 'applied' }> }
  | { readonly kind: 'event'; readonly incidentId: string; readonly event: IncidentEvent }
  | { readonly kind: 'record_alert'; readonly alertId: string };
