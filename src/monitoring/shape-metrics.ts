import { Counter, type Registry } from 'prom-client';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';

/** How often Microsoft sent something in a shape we do not know; `docs/first-tenant.md` says what to do about each. */
export function addShapeMetrics(registry: Registry, { counts }: Pick<ShapeWatch, 'counts'>): void {
  new Counter({
    name: 'connector_guard_unexpected_shape_total',
    help: 'Answers of Microsoft that were not of the shape we rely on, by shape; each is logged once.',
    labelNames: ['shape'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [shape, count] of counts()) this.inc({ shape }, count);
    },
  });
}
