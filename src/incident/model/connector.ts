import type { ConnectorChange } from './connector-change.ts';
import type { Configuration } from './fingerprint.ts';

/** The restricted connector as last observed. Every field Exchange does not document is null when it was not there. */
export type RestrictedConnector = {
  /** The GUID under which Exchange lists the restriction, lower case; with `raw`, only our own name for it. */
  readonly id: string;
  /** Exchange's row as it came, where no id was found in it: it cannot be unblocked from here. Absent otherwise. */
  readonly raw?: string | undefined;
  readonly name: string | null;
  /** Exchange's own words for why it restricted the connector. */
  readonly restrictionReason: string | null;
  /** When Exchange says the restriction began, ms since the epoch. */
  readonly restrictedSince: number | null;
  /** When Exchange says the restriction runs out by itself, ms since the epoch. */
  readonly restrictedUntil: number | null;
  /** How the inbound connector was found: by GUID, by exact name, not among a complete list, or the list could not be read. */
  readonly match: 'guid' | 'name' | 'not_matched' | 'unreadable';
  /** The inbound connector's configuration; null unless `match` is guid or name. */
  readonly configuration: Configuration | null;
  /** When the inbound connector was created and last changed, ms since the epoch. */
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  /** The latest change the audit log has; absent where none is known. */
  readonly changedBy?: ConnectorChange | undefined;
};

/** The configuration that cards drawn from this revision of the incident on have shown. */
export type ShownConfiguration = { readonly fromRevision: number; readonly fingerprint: string | null };

/** The latest change the audit log has of a connector; undefined when none is known. */
export function latestChange(
  { id, name }: Pick<RestrictedConnector, 'id' | 'name'>,
  changes: readonly ConnectorChange[],
): ConnectorChange | undefined {
  const called = [id, name?.normalize('NFKC').trim().toLowerCase()];
  return changes
    .filter(({ subjects }) => subjects.some((subject) => called.includes(subject)))
    .toSorted((a, b) => b.at - a.at)[0];
}
