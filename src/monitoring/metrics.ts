import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Db } from '../storage/database.ts';
import { countOpen } from '../storage/incidents.ts';
import { countJobs, oldestDue } from '../storage/jobs.ts';
import { readObservationHead } from '../storage/observations.ts';
import { pushState } from '../storage/push.ts';
import { type ConfiguredSignals, signalHealth } from '../storage/signals.ts';
import { gauge, gaugeBy } from './gauges.ts';
import type { ListUnreachable } from './readiness.ts';

export type Metrics = {
  readonly registry: Registry;
  /** Counts a decision about an incident. */
  decided(event: string, outcome: string): void;
  /** Counts a delivery of Graph notifications: `accepted`, or the code of the refusal. */
  notified(outcome: string): void;
  /** Counts a commit shared by accepted deliveries. */
  notificationsCommitted(): void;
};

/**
 * Creates the metrics for a monitoring system: open incidents, waiting jobs, the time of the last complete reading, and
 * decisions.
 */
export function createMetrics(
  db: Db,
  clock: () => number,
  configured: ConfiguredSignals,
  listUnreachable: ListUnreachable,
  version: string,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeBy(registry, 'state', 'connector_guard_incidents_open', 'Open incidents by state.', async () => {
    return [...(await countOpen(db))];
  });
  gaugeBy(registry, 'state', 'connector_guard_jobs', 'Jobs by state; dead ones need a person.', async () => [
    ...(await countJobs(db)),
  ]);
  const read = 'When the last complete reading of Exchange began, Unix time; 0 before the first.';
  gauge(registry, 'connector_guard_reading_timestamp_seconds', read, async () => {
    return ((await readObservationHead(db, 'complete'))?.beganAt ?? 0) / 1_000;
  });
  const due = 'When the oldest waiting job became due, Unix time; 0 when none is due.';
  gauge(registry, 'connector_guard_oldest_due_job_timestamp_seconds', due, async () => {
    return ((await oldestDue(db, clock())) ?? 0) / 1_000;
  });
  buildInfo(registry, version);
  const push = '1 while Graph notifies us of alerts, 0 while there is polling only.';
  gauge(registry, 'connector_guard_push_active', push, async () => ((await pushState(db, true)) === 'active' ? 1 : 0));
  const help = 'When a service stopped responding, Unix time; absent for those that respond. As seen by this replica.';
  gaugeBy(registry, 'service', 'connector_guard_service_silent_since_seconds', help, async () => {
    return (await listUnreachable()).map(({ service, since }) => [service, since / 1_000] as const);
  });
  signalGauges(registry, db, configured);
  return { registry, ...counters(registry) };
}

function buildInfo(registry: Registry, version: string): void {
  const build = new Gauge({
    name: 'connector_guard_build_info',
    help: 'Always 1; the version of the service and of Node.js.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version, node: process.version }, 1);
}

function counters(registry: Registry) {
  const decisions = counter(registry, 'connector_guard_decisions_total', 'Events decided, by kind and outcome.', [
    'event',
    'outcome',
  ]);
  const help = 'Deliveries of Graph notifications: accepted (202), or the code of the refusal.';
  const deliveries = counter(registry, 'connector_guard_notification_deliveries_total', help, ['outcome']);
  const commits = counter(
    registry,
    'connector_guard_notification_commits_total',
    'Commits that accepted deliveries shared.',
    [],
  );
  return {
    decided: (event: string, outcome: string) => decisions.inc({ event, outcome }),
    notified: (outcome: string) => deliveries.inc({ outcome }),
    notificationsCommitted: () => commits.inc(),
  };
}

function counter<L extends string>(registry: Registry, name: string, help: string, labelNames: L[]): Counter<L> {
  return new Counter({ name, help, labelNames, registers: [registry] });
}

/** Adds the gauges of each signal that is not off. */
function signalGauges(registry: Registry, db: Db, configured: ConfiguredSignals): void {
  const used = async () => (await signalHealth(db, configured)).filter(({ state }) => state !== 'off');
  const live = '1 while a signal works, 0 while it fails, is refused or has not worked yet.';
  gaugeBy(registry, 'signal', 'connector_guard_signal_live', live, async () =>
    (await used()).map(({ name, state }) => [name, state === 'live' ? 1 : 0] as const),
  );
  const succeeded = 'When a signal last worked, Unix time; 0 before it first did.';
  gaugeBy(registry, 'signal', 'connector_guard_signal_success_timestamp_seconds', succeeded, async () =>
    (await used()).map(({ name, succeededAt }) => [name, (succeededAt ?? 0) / 1_000] as const),
  );
}
