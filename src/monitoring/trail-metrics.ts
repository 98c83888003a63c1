import { Gauge, type Registry } from 'prom-client';
import type { TrailBreak } from '../incident/model/trail.ts';
import type { Db } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';

type Dependencies = {
  readonly db: Db;
  readonly broken: () => Promise<TrailBreak | null>;
};

/** Adds the metrics of the audit trail, which is checked daily. */
export function addTrailMetrics(registry: Registry, { db, broken }: Dependencies): void {
  new Gauge({
    name: 'connector_guard_audit_trail_intact',
    help: '1 while no check has found the audit trail broken, 0 while a break in it prevents unblocking.',
    registers: [registry],
    async collect() {
      this.set((await broken()) === null ? 1 : 0);
    },
  });
  new Gauge({
    name: 'connector_guard_audit_trail_check_timestamp_seconds',
    help: 'When the last check of the audit trail ended, Unix time; 0 before the first. It is checked daily.',
    registers: [registry],
    async collect() {
      const { checkedAt } = await readTrail(db);
      this.set((checkedAt ?? 0) / 1_000);
    },
  });
}
