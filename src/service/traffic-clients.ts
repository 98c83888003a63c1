import type { TokenCredential } from '@azure/identity';
import type { Config } from '../config/config.ts';
import type { TrafficClients } from '../evidence/traffic/read-traffic.ts';
import { type CallPurpose, createPermit, HUNTING, MESSAGE_TRACE, roomAt } from '../jobs/call-limits.ts';
import { createGraphClient } from '../microsoft/graph/client.ts';
import { createHunting } from '../microsoft/graph/hunting.ts';
import { createMessageTrace } from '../microsoft/graph/message-trace.ts';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';

type TrafficAccess = Pick<Runtime, 'clock' | 'fetch' | 'log'> & {
  readonly db: Db;
  readonly credential: TokenCredential;
  readonly shapes: ShapeWatch;
};

/** Advanced hunting allows a query 3 minutes, longer than a check may take. */
const TIMEOUT_MS = 60_000;

/**
 * Creates the clients for reading mail, one pair for each purpose. Requests are not retried, because each is counted before it
 * is sent. A slow query does not count as an outage of Graph.
 */
export function createTrafficClients(config: Config, { db, credential, fetch, clock, log, shapes }: TrafficAccess) {
  const access = { credential, fetch, clock, log, timeoutMs: TIMEOUT_MS, backoff: { budgetMs: 0 } };
  const graph = createGraphClient({ ...access, ...config.graph });
  const forPurpose = (purpose: CallPurpose): TrafficClients => ({
    hunting: createHunting(graph, createPermit({ db, clock }, HUNTING, purpose)),
    trace: createMessageTrace(graph, createPermit({ db, clock }, MESSAGE_TRACE, purpose), shapes),
  });
  return { incident: forPurpose('incident'), posture: forPurpose('posture') };
}

/** The calls for a connector with many addresses and much mail: 8 addresses of 4 pages each. */
const MOST_TRACES = 32;

/** Returns when the rate limits allow one more check outside an incident: the earliest time from `now` on, ms since the epoch. */
export async function roomForPosture(db: Db, now: number): Promise<number> {
  const query = roomAt({ db }, HUNTING, { purpose: 'posture', calls: 1, now });
  const traces = roomAt({ db }, MESSAGE_TRACE, { purpose: 'posture', calls: MOST_TRACES, now });
  return Math.max(await query, await traces);
}
