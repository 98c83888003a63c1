import { Gauge, type Registry } from 'prom-client';
import type { Db } from '../storage/database.ts';
import { readSelfCheck } from '../storage/self-checks.ts';

const VALUES = { ok: 0, warning: 1, failed: 2 } as const;

/** Adds the metrics of the self-check, which also work while the channel cannot be notified. */
export function addSelfCheckMetrics(registry: Registry, db: Db): void {
  new Gauge({
    name: 'connector_guard_self_check_timestamp_seconds',
    help: 'When the last self-check ended, Unix time; 0 before the first.',
    registers: [registry],
    async collect() {
      this.set(((await readSelfCheck(db)).checkedAt ?? 0) / 1_000);
    },
  });
  new Gauge({
    name: 'connector_guard_self_check_status',
    help: 'What the last self-check found, by check: 0 ok, 1 warning, 2 failed.',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      this.reset();
      const { histories } = await readSelfCheck(db);
      for (const [check, { status }] of Object.entries(histories)) this.set({ check }, VALUES[status]);
    },
  });
}
