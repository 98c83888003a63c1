import { type ConnectorChange, foldName } from './connector-change.ts';
import type { Configuration } from './fingerprint.ts';

/** The restricted connector as last observed. Fields that Exchange does not document are null when they are missing. */
export type RestrictedConnector = {
  /** The GUID under which Exchange lists the restriction, lower case; with `raw`, an id of this service's own. */
  readonly id: string;
  /** Exchange's row as received, when it contains no id and so cannot be unblocked from here. Absent otherwise. */
  readonly raw?: string | undefined;
  readonly name: string | null;
  /** Exchange's reason for the restriction. */
  readonly restrictionReason: string | null;
  /** When the restriction began according to Exchange, ms since the epoch. */
  readonly restrictedSince: number | null;
  /** When the restriction expires according to Exchange, ms since the epoch. */
  readonly restrictedUntil: number | null;
  /** How the inbound connector was found: by GUID, by exact name, not among a complete list, or the list could not be read. */
  readonly match: 'guid' | 'name' | 'not_matched' | 'unreadable';
  /** The inbound connector's configuration; null unless `match` is guid or name. */
  readonly configuration: Configuration | null;
  /** When the inbound connector was created and last changed, ms since the epoch. */
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  /** The latest change in the audit log; absent when none is known. */
  readonly changedBy?: ConnectorChange | undefined;
};

/** The configuration on the cards drawn from this revision of the incident on. */
export type ShownConfiguration = { readonly fromRevision: number; readonly fingerprint: string | null };

/** Returns the latest change of a connector in the audit log; undefined when none is known. */
export function latestChange(
  { id, name }: Pick<RestrictedConnector, 'id' | 'name'>,
  changes: readonly ConnectorChange[],
): ConnectorChange | undefined {
  const called = [id, ...(name === null ? [] : [foldName(name)])];
  return changes
    .filter(({ subjects }) => subjects.some((subject) => called.includes(subject)))
    .toSorted((a, b) => b.at - a.at)[0];
}
