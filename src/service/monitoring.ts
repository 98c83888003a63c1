import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import type { TrailBreak } from '../incident/model/trail.ts';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';
import { createMetrics, type Metrics } from '../monitoring/metrics.ts';
import { createReadiness, type Readiness } from '../monitoring/readiness.ts';
import { addSelfCheckMetrics } from '../monitoring/self-check-metrics.ts';
import { addShapeMetrics } from '../monitoring/shape-metrics.ts';
import type { Timings } from '../monitoring/timings.ts';
import { addTrailMetrics } from '../monitoring/trail-metrics.ts';
import type { UnreachableService } from '../monitoring/unreachable-services.ts';
import type { Db } from '../storage/database.ts';
import { configuredSignals } from '../storage/signals.ts';

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly listUnreachable: () => Promise<readonly UnreachableService[]>;
  readonly shapes: ShapeWatch;
  readonly timings: Pick<Timings, 'addTo'>;
  readonly brokenTrail: () => Promise<TrailBreak | null>;
};

export type Monitoring = { readonly metrics: Metrics; readonly watching: () => Promise<Readiness> };

/** Creates the metrics and the check of whether a new restriction would be noticed now. */
export function createMonitoring(config: Config, deps: Dependencies): Monitoring {
  const { db, clock, listUnreachable, shapes, brokenTrail, timings } = deps;
  const metrics = createMetrics(db, clock, configuredSignals(config), listUnreachable, manifest.version);
  addShapeMetrics(metrics.registry, shapes);
  addTrailMetrics(metrics.registry, { db, broken: brokenTrail });
  if (config.selfCheck) addSelfCheckMetrics(metrics.registry, db);
  timings.addTo(metrics.registry);
  return { metrics, watching: createReadiness({ db, clock, listUnreachable, pollMs: config.pollMs }) };
}
