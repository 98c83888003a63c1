import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Db } from '../storage/database.ts';
import { countOpen } from '../storage/incidents.ts';
import { countJobs } from '../storage/jobs.ts';
import { readObservationHead } from '../storage/observations.ts';
import { pushState } from '../storage/push.ts';
import { signalHealth, type WantedSignals } from '../storage/signal-health.ts';

export type Metrics = {
  readonly registry: Registry;
  /** Counts one decision about an incident. */
  decided(event: string, outcome: string): void;
  /** Counts one delivery of Graph's: `accepted`, or why not. */
  notified(outcome: string): void;
  /** Counts one commit that accepted deliveries shared. */
  notificationsCommitted(): void;
};

type ListUnreachable = () => Promise<readonly { readonly service: string; readonly since: number }[]>;

/** What a monitoring system can ask: open incidents, work left to do, the age of the last complete reading, decisions. */
export function createMetrics(
  db: Db,
  clock: () => number,
  wanted: WantedSignals,
  listUnreachable: ListUnreachable,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeBy(registry, 'state', 'incidents_open', 'Open incidents by state.', async () => {
    return [...(await countOpen(db))];
  });
  gaugeBy(registry, 'state', 'jobs', 'Jobs by state; dead ones need a person.', async () => [...(await countJobs(db))]);
  gauge(registry, 'reading_age_seconds', 'Seconds since the last complete reading of Exchange began.', async () => {
    const reading = await readObservationHead(db, 'complete');
    return reading === null ? Number.NaN : (clock() - reading.beganAt) / 1000;
  });
  gauge(registry, 'push_active', '1 while Graph notifies us of alerts, 0 while there is polling only.', async () => {
    return (await pushState(db, true)) === 'active' ? 1 : 0;
  });
  const help = 'Seconds since a service that does not answer last did; as this replica knows it.';
  gaugeBy(registry, 'service', 'service_silent_seconds', help, async () => {
    return (await listUnreachable()).map(({ service, since }) => [service, (clock() - since) / 1000] as const);
  });
  signalGauges(registry, db, clock, wanted);
  return { registry, ...counters(registry) };
}

function counters(registry: Registry) {
  const decisions = counter(registry, 'decisions_total', 'Events decided, by kind and outcome.', ['event', 'outcome']);
  const help = 'Deliveries of Graph notifications: accepted (202), or the code of the refusal.';
  const deliveries = counter(registry, 'notification_deliveries_total', help, ['outcome']);
  const commits = counter(registry, 'notification_commits_total', 'Commits that accepted deliveries shared.', []);
  return {
    decided: (event: string, outcome: string) => decisions.inc({ event, outcome }),
    notified: (outcome: string) => deliveries.inc({ outcome }),
    notificationsCommitted: () => commits.inc(),
  };
}

function counter<L extends string>(registry: Registry, name: string, help: string, labelNames: L[]): Counter<L> {
  return new Counter({ name, help, labelNames, registers: [registry] });
}

function gauge(registry: Registry, name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}

/** A signal that is off has neither; one that has not worked yet has no age. */
function signalGauges(registry: Registry, db: Db, clock: () => number, wanted: WantedSignals): void {
  const labelNames = ['signal'];
  const used = async () => (await signalHealth(db, wanted)).filter(({ state }) => state !== 'off');
  new Gauge({
    name: 'signal_live',
    help: '1 while a signal works, 0 while it fails, is refused or has not worked yet.',
    labelNames,
    registers: [registry],
    async collect() {
      for (const { name, state } of await used()) this.set({ signal: name }, state === 'live' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'signal_age_seconds',
    help: 'Seconds since a signal last worked.',
    labelNames,
    registers: [registry],
    async collect() {
      for (const { name, succeededAt } of await used())
        if (succeededAt !== null) this.set({ signal: name }, (clock() - succeededAt) / 1000);
    },
  });
}

type Counted = readonly (readonly [label: string, amount: number])[];

function gaugeBy(
  registry: Registry,
  label: 'state' | 'service',
  name: string,
  help: string,
  read: () => Promise<Counted>,
): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [value, amount] of await read()) this.inc({ [label]: value }, amount);
    },
  });
}
