import type { Config } from '../config/config.ts';
import { createTimings, type Timings } from '../monitoring/timings.ts';

/** Timings whose calls to Microsoft are named by service. */
export function createServiceTimings(config: Config, fetch: typeof globalThis.fetch): Timings {
  const { graph, exchange, activityFeed, teamsServiceUrl } = config;
  const endpoints = { graph: graph.endpoint, exchange: exchange.endpoint, teams: teamsServiceUrl };
  const named = Object.entries({ ...endpoints, activity_feed: activityFeed?.endpoint });
  const services = named.flatMap(([name, url]) => (url === undefined ? [] : [[new URL(url).origin, name] as const]));
  return createTimings(fetch, new Map(services), () => performance.now());
}
