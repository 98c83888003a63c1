import { Gauge, type Registry } from 'prom-client';
import type { TrailBreak } from '../incident/model/trail.ts';
import type { Db } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly broken: () => Promise<TrailBreak | null>;
};

/** What a monitoring system can read of the audit trail; both are NaN before the first check. */
export function addTrailMetrics(registry: Registry, { db, clock, broken }: Dependencies): void {
  new Gauge({
    name: 'audit_trail_intact',
    help: '1 while the last check of the audit trail found it intact, 0 while nothing is unblocked for a break in it.',
    registers: [registry],
    async collect() {
      const isBroken = (await broken()) !== null;
      const { checkedAt } = await readTrail(db);
      this.set(isBroken ? 0 : checkedAt === null ? Number.NaN : 1);
    },
  });
  new Gauge({
    name: 'audit_trail_check_age_seconds',
    help: 'Seconds since the last check of the audit trail ended; it is checked daily.',
    registers: [registry],
    async collect() {
      const { checkedAt } = await readTrail(db);
      this.set(checkedAt === null ? Number.NaN : (clock() - checkedAt) / 1000);
    },
  });
}
