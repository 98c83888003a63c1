import type { Registry } from 'prom-client';
import { within } from '../shared/timeout.ts';
import { requirePrivate } from './private-access.ts';
import { type HttpResponse, json, text } from './response.ts';
import type { HttpRequest, Route } from './route.ts';
import { sharedResult } from './shared-result.ts';

type Dependencies = {
  /** Rejects when the database does not respond. */
  readonly checkDatabase: () => Promise<unknown>;
  /** Measures intervals only; ms. */
  readonly clock: () => number;
};

const DATABASE_WITHIN_MS = 3_000;
const READY_FOR_MS = 1_000;
const FIGURES_FOR_MS = 2_000;

/**
 * Creates the public probes: `/healthz` succeeds while the process responds, `/readyz` while its database does too. Neither
 * reveals or logs anything else.
 */
export function healthRoutes({ checkDatabase, clock }: Dependencies): readonly Route[] {
  const isReady = sharedResult(() => answers(checkDatabase), READY_FOR_MS, clock);
  return [
    { method: 'GET', path: '/healthz', answer: () => ({ ...json(200, { status: 'ok' }), forAnybody: true }) },
    {
      method: 'GET',
      path: '/readyz',
      answer: async () => ({ ...((await isReady()) ? READY : NOT_READY), forAnybody: true }),
    },
  ];
}

const READY = text(200, 'ready\n');
const NOT_READY = { ...text(503, 'not ready\n'), headers: { 'Retry-After': '10' } };

async function answers(checkDatabase: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await within(DATABASE_WITHIN_MS, () => checkDatabase().then(() => true))) ?? false;
  } catch {
    return false;
  }
}

type Figures = {
  /**
   * Returns whether a restriction would be detected and reported now, and otherwise the problems, in words an operator can
   * act on.
   */
  readonly watching: () => Promise<{ readonly ready: boolean; readonly problems: readonly string[] }>;
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
  readonly clock: () => number;
  /** `open` on a separate port; otherwise limited to this machine and to clients with the token. */
  readonly access: 'open' | { readonly token: string | null };
};

/**
 * Creates the private routes: `/metrics` for Prometheus, and `/healthz/watching` for alerting, which returns 503 with the
 * reasons while restrictions would go unnoticed. Both reveal open incidents.
 */
export function figureRoutes({ watching, metrics, clock, access }: Figures): readonly Route[] {
  const figures = sharedResult(() => metrics.metrics(), FIGURES_FOR_MS, clock);
  const state = sharedResult(watching, FIGURES_FOR_MS, clock);
  const guarded = (answer: () => Promise<HttpResponse>) => (request: HttpRequest) => {
    if (access !== 'open') requirePrivate(request, access.token);
    return answer();
  };
  return [
    {
      method: 'GET',
      path: '/metrics',
      answer: guarded(async () => ({ status: 200, contentType: metrics.contentType, body: await figures() })),
    },
    {
      method: 'GET',
      path: '/healthz/watching',
      answer: guarded(async () => {
        const { ready, problems } = await state();
        return json(ready ? 200 : 503, { watching: ready, problems });
      }),
    },
  ];
}
