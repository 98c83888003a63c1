import { latestChange, type RestrictedConnector } from '../model/connector.ts';
import type { ConnectorChange } from '../model/connector-change.ts';
import type { BlockedConnector, InboundConnector, Reading } from '../model/observation.ts';

/**
 * Matches a restricted connector with its inbound connector, by GUID or else by exact name. Both are tried because Microsoft
 * does not document that the two lists share ids.
 */
export function restrictedConnector(
  blocked: BlockedConnector,
  inbound: Reading<InboundConnector>,
  changes: readonly ConnectorChange[] = [],
): RestrictedConnector {
  const byId = inbound.items.find((candidate) => candidate.id === blocked.id);
  const sameName = inbound.items.filter((candidate) => blocked.name !== null && candidate.name === blocked.name);
  const byName = sameName.length === 1 ? sameName[0] : undefined;
  const found = byId ?? byName;
  const notFound = inbound.complete ? 'not_matched' : 'unreadable';
  const name = found?.name ?? blocked.name;
  const changedBy = latestChange({ id: found?.id ?? blocked.id, name }, changes);
  return {
    id: blocked.id,
    ...(blocked.raw === undefined ? {} : { raw: blocked.raw }),
    name,
    restrictionReason: blocked.reason,
    restrictedSince: blocked.since,
    restrictedUntil: blocked.until,
    match: byId !== undefined ? 'guid' : byName !== undefined ? 'name' : notFound,
    configuration: found?.configuration ?? null,
    createdAt: found?.createdAt ?? null,
    changedAt: found?.changedAt ?? null,
    ...(changedBy === undefined ? {} : { changedBy }),
  };
}

/** Keeps what was known of the connector when inbound connectors could not be read this time. */
export function mergeKnown(known: RestrictedConnector | null, now: RestrictedConnector): RestrictedConnector {
  // A row of unknown shape may contain a counter. The first version is kept, or each reading would be a change.
  const seen = now.raw === undefined || known?.raw === undefined ? now : { ...now, raw: known.raw };
  if (seen.match !== 'unreadable' || known === null || known.id !== seen.id) return seen;
  const { match, configuration, createdAt, changedAt } = known;
  const changedBy = seen.changedBy ?? known.changedBy;
  const after = { ...seen, name: seen.name ?? known.name, match, configuration, createdAt, changedAt };
  return changedBy === undefined ? after : { ...after, changedBy };
}
