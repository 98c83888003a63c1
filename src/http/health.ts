import type { Registry } from 'prom-client';
import { HttpProblem, json } from './answer.ts';
import type { Route } from './route.ts';

type Dependencies = {
  /** Whether the service can do its work now, and what stops it in words an operator can act on. */
  readonly readiness: () => Promise<{ readonly ready: boolean; readonly problems: readonly string[] }>;
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
};

/** `/healthz`: the process answers. `/readyz`: it can do its work, or 503 with what is missing. `/metrics`: for Prometheus. */
export function healthRoutes({ readiness, metrics }: Dependencies): readonly Route[] {
  return [
    { method: 'GET', path: '/healthz', answer: () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      async answer() {
        const { ready, problems } = await readiness();
        if (!ready) throw new HttpProblem(503, 'not_ready', problems.join(' '), { headers: { 'Retry-After': '10' } });
        return json(200, { status: 'ready', problems });
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async answer() {
        return { status: 200, contentType: metrics.contentType, body: await metrics.metrics() };
      },
    },
  ];
}
