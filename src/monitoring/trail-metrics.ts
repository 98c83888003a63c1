import type { Registry } from 'prom-client';
import type { TrailBreak } from '../incident/model/trail.ts';
import type { Db } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';
import { gauge } from './gauges.ts';

type Dependencies = {
  readonly db: Db;
  readonly broken: () => Promise<TrailBreak | null>;
};

/** Adds the metrics of the audit trail, which is checked daily. */
export function addTrailMetrics(registry: Registry, { db, broken }: Dependencies): void {
  const intact = '1 while no check has found the audit trail broken, 0 while a break in it prevents unblocking.';
  gauge(registry, 'connector_guard_audit_trail_intact', intact, async () => ((await broken()) === null ? 1 : 0));
  const checked = 'When the last check of the audit trail ended, Unix time; 0 before the first. It is checked daily.';
  gauge(registry, 'connector_guard_audit_trail_check_timestamp_seconds', checked, async () => {
    return ((await readTrail(db)).checkedAt ?? 0) / 1_000;
  });
}
