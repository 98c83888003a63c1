import type { RestrictedConnector } from './incident.ts';
import type { BlockedConnector, InboundConnector, Reading } from './observation.ts';

/**
 * The restricted connector with the inbound connector it is: by GUID, else by exact name, never by a guess.
 * Microsoft does not document that the two lists share ids, so both are tried.
 */
export function restrictedConnector(
  blocked: BlockedConnector,
  inbound: Reading<InboundConnector>,
): RestrictedConnector {
  const byId = inbound.items.find((candidate) => candidate.id === blocked.id);
  const sameName = inbound.items.filter((candidate) => blocked.name !== null && candidate.name === blocked.name);
  const byName = sameName.length === 1 ? sameName[0] : undefined;
  const found = byId ?? byName;
  const notFound = inbound.complete ? 'not_matched' : 'unreadable';
  return {
    id: blocked.id,
    name: found?.name ?? blocked.name,
    restrictionReason: blocked.reason,
    restrictedSince: blocked.since,
    restrictedUntil: blocked.until,
    match: byId !== undefined ? 'guid' : byName !== undefined ? 'name' : notFound,
    configuration: found?.configuration ?? null,
    createdAt: found?.createdAt ?? null,
    changedAt: found?.changedAt ?? null,
  };
}

/** When inbound connectors could not be read this time, what was known of the connector still stands. */
export function keepKnown(known: RestrictedConnector | null, seen: RestrictedConnector): RestrictedConnector {
  if (seen.match !== 'unreadable' || known === null || known.id !== seen.id) return seen;
  const { match, configuration, createdAt, changedAt } = known;
  return { ...seen, name: seen.name ?? known.name, match, configuration, createdAt, changedAt };
}
