import { Gauge, type Registry } from 'prom-client';

/** Adds a gauge that is read when the metrics are collected. */
export function gauge(registry: Registry, name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}

/** A value of the label, and the gauge's value for it. */
type Counted = readonly (readonly [label: string, amount: number])[];

/** Adds a gauge with one value for each value of a label; those that are no longer read are removed. */
export function gaugeBy(
  registry: Registry,
  label: 'state' | 'service' | 'signal' | 'check',
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
