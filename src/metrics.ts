import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Db } from './storage/database.ts';
import { listOpen } from './storage/incidents.ts';
import { countJobs } from './storage/jobs.ts';
import { readObservationHead } from './storage/observations.ts';
import { pushState } from './storage/push.ts';

export type Metrics = {
  readonly registry: Registry;
  /** Counts one decision about an incident. */
  decided(event: string, outcome: string): void;
};

/** What a monitoring system can ask: open incidents, work left to do, the age of the last complete reading, decisions. */
export function createMetrics(db: Db, clock: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeByState(registry, 'incidents_open', 'Open incidents by state.', async () => {
    return (await listOpen(db)).map(({ state }) => [state, 1] as const);
  });
  gaugeByState(registry, 'jobs', 'Jobs by state; dead ones need a person.', async () => [...(await countJobs(db))]);
  gauge(registry, 'reading_age_seconds', 'Seconds since the last complete reading of Exchange began.', async () => {
    const reading = await readObservationHead(db, 'complete');
    return reading === null ? Number.NaN : (clock() - reading.beganAt) / 1000;
  });
  gauge(registry, 'push_active', '1 while Graph notifies us of alerts, 0 while there is polling only.', async () => {
    return (await pushState(db, true)) === 'active' ? 1 : 0;
  });
  const decisions = new Counter({
    name: 'decisions_total',
    help: 'Events decided, by kind and outcome.',
    labelNames: ['event', 'outcome'],
    registers: [registry],
  });
  return { registry, decided: (event, outcome) => decisions.inc({ event, outcome }) };
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

type Counted = readonly (readonly [state: string, count: number])[];

function gaugeByState(registry: Registry, name: string, help: string, read: () => Promise<Counted>): void {
  new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [state, count] of await read()) this.inc({ state }, count);
    },
  });
}
