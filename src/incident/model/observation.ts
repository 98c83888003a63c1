import type { ConnectorChange } from './connector-change.ts';
import { MINUTE_MS } from './duration.ts';
import type { Configuration } from './fingerprint.ts';

/** One reading of a list. Only a complete one can prove that something is absent. */
export type Reading<T> = {
  readonly items: readonly T[];
  readonly complete: boolean;
  /** Why the reading is incomplete, in words an operator can act on; null when complete. */
  readonly reason: string | null;
};

/** One row of `Get-BlockedConnector`. Exchange documents only its id. */
export type BlockedConnector = {
  /** A GUID in lower case. For a row without one, `unnamed:` and a text that distinguishes it from others. */
  readonly id: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly since: number | null;
  readonly until: number | null;
  /** The row as received, limited in size, when it contains no id; absent otherwise. */
  readonly raw?: string | undefined;
};

/** One row of `Get-InboundConnector`. */
export type InboundConnector = {
  /** A GUID in lower case. */
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
  /** The id of Defender's incident, which changes when incidents are merged; absent when there is none. */
  readonly incidentId?: string | undefined;
  /** Whether a person decided that it must not be linked by its time alone. */
  readonly keepApart?: true | undefined;
  /** All texts of the alert's fields, in which a connector may be named; lower case. */
  readonly text: string;
};

/** One reading of the connectors and alerts. */
export type Observation = {
  /**
   * The number of the last audit entry when the reading began. Every change of an incident has an entry, and entries are
   * committed in order, so a change with a larger number is newer than this reading, whatever the replicas' clocks show.
   */
  readonly seq: number;
  /** When the reading began, ms since the epoch, for display and for linking alerts by time. */
  readonly beganAt: number;
  readonly blocked: Reading<BlockedConnector>;
  readonly inbound: Reading<InboundConnector>;
  /** Alerts of the connector policy that are new or changed since the last reading. */
  readonly alerts: readonly Alert[];
  /** Changes of connectors from the audit log; absent when it is not read. */
  readonly changes?: readonly ConnectorChange[];
};

const STALE_AFTER_POLLS = 5;
const MIN_STALE_MS = 5 * MINUTE_MS;

/** Whether the last complete reading is so old (`age` in ms) that restrictions may go unnoticed: five polls, and at least five minutes. */
export function isOutdated(age: number, pollMs: number): boolean {
  return age > Math.max(STALE_AFTER_POLLS * pollMs, MIN_STALE_MS);
}
