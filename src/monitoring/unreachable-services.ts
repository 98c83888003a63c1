import type { Reachability } from '../microsoft/http/reachability.ts';
import type { MicrosoftService } from '../shared/errors.ts';
import type { Db } from '../storage/database.ts';
import { listUnreachableSources } from '../storage/outages.ts';

/** A service that does not respond, and the time since when, ms since the epoch. */
export type UnreachableService = { readonly service: MicrosoftService; readonly since: number };

/** Creates a list of the services that do not respond, from the readings of all replicas and the calls of this process. */
export function createListUnreachable(
  db: Db,
  reachability: Reachability,
): () => Promise<readonly UnreachableService[]> {
  return async () => {
    const seen = await listUnreachableSources(db);
    return (['exchange', 'graph', 'teams', 'entra', 'activity_feed'] as const).flatMap((service) => {
      const times = [seen.find((it) => it.service === service)?.since, reachability.unreachableSince(service)];
      const known = times.filter((since) => typeof since === 'number');
      return known.length === 0 ? [] : [{ service, since: Math.min(...known) }];
    });
  };
}
