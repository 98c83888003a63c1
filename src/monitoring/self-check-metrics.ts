import type { Registry } from 'prom-client';
import type { Db } from '../storage/database.ts';
import { readSelfCheck } from '../storage/self-checks.ts';
import { gauge, gaugeBy } from './gauges.ts';

const VALUES = { ok: 0, warning: 1, failed: 2 } as const;

/** Adds the metrics of the self-check, which also work while the channel cannot be notified. */
export function addSelfCheckMetrics(registry: Registry, db: Db): void {
  const ended = 'When the last self-check ended, Unix time; 0 before the first.';
  gauge(registry, 'connector_guard_self_check_timestamp_seconds', ended, async () => {
    return ((await readSelfCheck(db)).checkedAt ?? 0) / 1_000;
  });
  const status = 'What the last self-check found, by check: 0 ok, 1 warning, 2 failed.';
  gaugeBy(registry, 'check', 'connector_guard_self_check_status', status, async () => {
    const { histories } = await readSelfCheck(db);
    return Object.entries(histories).map(([check, it]) => [check, VALUES[it.status]] as const);
  });
}
