import type { ConnectorChange } from './connector-change.ts';
import type { Configuration } from './fingerprint.ts';

/** One read of a list. Only a complete one may prove that something is absent. */
export type Reading<T> = {
  readonly items: readonly T[];
  readonly complete: boolean;
  /** Why the read is incomplete, in words an operator can act on; null when complete. */
  readonly reason: string | null;
};

/** One row of `Get-BlockedConnector`; Exchange documents none of its fields but the id. */
export type BlockedConnector = {
  /** GUID, lower case; of a row in which none was found, `unnamed:` and what tells it from others. */
  readonly id: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly since: number | null;
  readonly until: number | null;
  /** The row as it came, of limited size, where no id was found in it; absent otherwise. */
  readonly raw?: string | undefined;
};

/** One row of `Get-InboundConnector`. */
export type InboundConnector = {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Exchange's ConnectorType: OnPremises or Partner. */
  readonly type: string;
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  readonly configuration: Configuration;
};

/** A Defender alert of the policy "Suspicious connector activity". */
export type Alert = {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly severity: string;
  readonly webUrl: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Defender's own incident, which a merge changes; absent where it has none. */
  readonly incidentId?: string | undefined;
  /** A person said that its time alone links it to nothing. */
  readonly keepApart?: true | undefined;
  /** Everything the alert says, in which a connector may be named, whatever field it is in; lower case. */
  readonly text: string;
};

/** One read of the truth. */
export type Observation = {
  /**
   * The number of the last audit entry when the read began. Every change of an incident has an entry, and entries are committed
   * in their order, so a change with a larger number is newer than this read, whatever the clocks of replicas show.
   */
  readonly seq: number;
  /** When the read began, ms since the epoch; for people, and for how near an alert is. */
  readonly beganAt: number;
  readonly blocked: Reading<BlockedConnector>;
  readonly inbound: Reading<InboundConnector>;
  /** Alerts of our policy that are new or changed since the last read. */
  readonly alerts: readonly Alert[];
  /** Changes of connectors that the audit log has; absent where it is not read. */
  readonly changes?: readonly ConnectorChange[];
};
