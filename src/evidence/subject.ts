import type { ConnectorChange } from '../incident/model/connector-change.ts';
import type { Configuration } from '../incident/model/fingerprint.ts';
import type { Incident } from '../incident/model/incident.ts';

/** The connector to check, restricted or not. Times are in ms since the epoch. */
export type Subject = {
  /** The inbound connector's GUID, lower case. */
  readonly id: string;
  readonly name: string | null;
  /** Null when Exchange did not return it. */
  readonly configuration: Configuration | null;
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  readonly changedBy: ConnectorChange | null;
  /** When its restriction began, or was first seen; null outside an incident. */
  readonly restrictedSince: number | null;
  /** The incident it is checked for; null outside an incident. */
  readonly incidentId: string | null;
};

/** Returns the connector of an incident; null while none is known. */
export function subjectOf({ id: incidentId, connector, openedAt }: Incident): Subject | null {
  if (connector === null) return null;
  const { id, name, configuration, createdAt, changedAt, changedBy = null } = connector;
  const restrictedSince = connector.restrictedSince ?? openedAt;
  return { id, name, configuration, createdAt, changedAt, changedBy, restrictedSince, incidentId };
}
