import type { Config } from '../config/config.ts';
import { createTimings, type Timings } from '../monitoring/timings.ts';
import { type Tracing, tracedFetch } from '../monitoring/tracing.ts';

/** Creates timings, and traces where they are enabled, in which calls to Microsoft carry the service's name. */
export function createServiceTimings(config: Config, fetch: typeof globalThis.fetch, tracing: Tracing): Timings {
  const { graph, exchange, activityFeed, teamsServiceUrl } = config;
  const endpoints = { graph: graph.endpoint, exchange: exchange.endpoint, teams: teamsServiceUrl };
  const named = Object.entries({ ...endpoints, activity_feed: activityFeed?.endpoint });
  const services = named.flatMap(([name, url]) => (url === undefined ? [] : [[new URL(url).origin, name] as const]));
  const byOrigin = new Map(services);
  const traced = tracedFetch(fetch, tracing, (url) => byOrigin.get(new URL(url).origin) ?? 'other');
  const timings = createTimings(traced, byOrigin, () => performance.now());
  return {
    ...timings,
    job: (handle) => timings.job((job) => tracing.span(`job ${job.task}`, 'INTERNAL', () => handle(job))),
  };
}
