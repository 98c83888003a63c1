import type { RestrictedConnector } from './incident.ts';

/** A change of an inbound connector as the tenant's audit log has it. */
export type ConnectorChange = {
  /** The audit record's id. */
  readonly id: string;
  readonly operation: 'New-InboundConnector' | 'Set-InboundConnector' | 'Remove-InboundConnector';
  /** As the audit log names them, mostly a user principal name. */
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
  /** What the connector is called in the record: its id, its name, or both; lower case. */
  readonly subjects: readonly string[];
};

/** The latest change the audit log has of a connector; undefined when none is known. */
export function latestChange(
  { id, name }: Pick<RestrictedConnector, 'id' | 'name'>,
  changes: readonly ConnectorChange[],
): ConnectorChange | undefined {
  const called = [id, name?.trim().toLowerCase()];
  return changes
    .filter(({ subjects }) => subjects.some((subject) => called.includes(subject)))
    .toSorted((a, b) => b.at - a.at)[0];
}
