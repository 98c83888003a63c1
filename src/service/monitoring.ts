import type { Config } from '../config/config.ts';
import type { TrailBreak } from '../incident/model/trail.ts';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';
import { createMetrics, type Metrics } from '../monitoring/metrics.ts';
import { createReadiness, type Readiness } from '../monitoring/readiness.ts';
import { addShapeMetrics } from '../monitoring/shape-metrics.ts';
import { addTrailMetrics } from '../monitoring/trail-metrics.ts';
import type { UnreachableService } from '../monitoring/unreachable-services.ts';
import type { Db } from '../storage/database.ts';
import { wantedSignals } from '../storage/signal-health.ts';

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly listUnreachable: () => Promise<readonly UnreachableService[]>;
  readonly shapes: ShapeWatch;
  readonly brokenTrail: () => Promise<TrailBreak | null>;
};

export type Monitoring = { readonly metrics: Metrics; readonly watching: () => Promise<Readiness> };

/** What monitoring systems read: the metrics, and whether a restriction would be noticed now. */
export function createMonitoring(config: Config, deps: Dependencies): Monitoring {
  const { db, clock, listUnreachable, shapes, brokenTrail } = deps;
  const metrics = createMetrics(db, clock, wantedSignals(config), listUnreachable);
  addShapeMetrics(metrics.registry, shapes);
  addTrailMetrics(metrics.registry, { db, clock, broken: brokenTrail });
  return { metrics, watching: createReadiness({ db, clock, listUnreachable, pollMs: config.pollMs }) };
}
