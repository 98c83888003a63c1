import type { Registry } from 'prom-client';
import { within } from '../shared/timeout.ts';
import { requirePrivate } from './private-access.ts';
import { type HttpResponse, json, text } from './response.ts';
import type { HttpRequest, Route } from './route.ts';
import { sharedResult } from './shared-result.ts';

type Dependencies = {
  /** Rejects when the database does not answer. */
  readonly checkDatabase: () => Promise<unknown>;
  /** For `now - then` alone, ms. */
  readonly clock: () => number;
};

const DATABASE_WITHIN_MS = 3_000;
const READY_FOR_MS = 1_000;
const FIGURES_FOR_MS = 2_000;

/** `/healthz`: the process answers. `/readyz`: so does its database. Neither says anything else to strangers, nor to the log. */
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
  /** Whether a restriction would be seen and told now, and what stops it in words an operator can act on. */
  readonly watching: () => Promise<{ readonly ready: boolean; readonly problems: readonly string[] }>;
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
  readonly clock: () => number;
  /** `open` on a port of their own; else for this machine, and for who has the token. */
  readonly access: 'open' | { readonly token: string | null };
};

/** `/metrics`: for Prometheus. `/healthz/watching`: for an alert, 503 with the reasons while nobody is watching. Private: both tell of open incidents. */
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
