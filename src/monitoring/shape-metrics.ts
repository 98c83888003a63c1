import { Counter, type Registry } from 'prom-client';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';

/** Adds the number of responses with an unexpected shape; `docs/first-tenant.md` describes what to do about each. */
export function addShapeMetrics(registry: Registry, { counts }: Pick<ShapeWatch, 'counts'>): void {
  new Counter({
    name: 'connector_guard_unexpected_shape_total',
    help: 'Responses of Microsoft with an unexpected shape, by shape; each deviation is logged once.',
    labelNames: ['shape'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [shape, count] of counts()) this.inc({ shape }, count);
    },
  });
}
