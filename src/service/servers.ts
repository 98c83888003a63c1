import type { Config } from '../config/config.ts';
import { figureRoutes, healthRoutes } from '../http/health.ts';
import { messagesRoute } from '../http/messages.ts';
import { notificationRoutes } from '../http/notifications.ts';
import { HttpError } from '../http/response.ts';
import type { Route } from '../http/route.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import type { createSignalIntake } from '../http/signal-intake.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import type { createReadiness } from '../monitoring/readiness.ts';
import type { Timings } from '../monitoring/timings.ts';
import type { Tracing } from '../monitoring/tracing.ts';
import type { Log } from '../shared/log.ts';
import type { ReceiveActivity } from '../shared/receive-activity.ts';
import { answersQuery, type Database } from '../storage/database.ts';

type Dependencies = {
  readonly database: Pick<Database, 'db' | 'loss'>;
  readonly log: Log;
  readonly receive: ReceiveActivity;
  readonly signals: ReturnType<typeof createSignalIntake>;
  readonly metrics: Metrics;
  readonly watching: ReturnType<typeof createReadiness>;
  readonly timings: Pick<Timings, 'request'>;
  readonly tracing: Tracing;
};

/** Creates the public server, and a separate one for metrics where `METRICS_PORT` is set. */
export function createServers(config: Config, deps: Dependencies): HttpServer {
  const { database, log, receive, signals, metrics, watching } = deps;
  const { host, port, metricsPort, metricsToken, tenantId } = config;
  const push = config.push === null ? null : { secret: config.push.notificationSecret };
  const clock = () => performance.now();
  const figures = { watching, metrics: metrics.registry, clock };
  const routes = [
    timed(traced(messagesRoute(receive), deps.tracing), deps.timings, clock),
    ...notificationRoutes({ log, push, tenantId, signals, count: metrics.notified }).map((route) =>
      timed(traced(route, deps.tracing), deps.timings, clock),
    ),
    ...healthRoutes({ checkDatabase: () => checkDatabase(database), clock }),
  ];
  if (metricsPort === null) {
    const access = { token: metricsToken };
    return createHttpServer({ log, host, port, routes: [...routes, ...figureRoutes({ ...figures, access })] });
  }
  const figuresAlone = figureRoutes({ ...figures, access: 'open' });
  return together(
    createHttpServer({ log, host, port, routes }),
    createHttpServer({ log, host, port: metricsPort, routes: figuresAlone }),
  );
}

/** Combines two servers into one that starts and stops them together; the port is that of the first. */
function together(first: HttpServer, second: HttpServer): HttpServer {
  return {
    async start() {
      const listening = await first.start();
      await second.start();
      return listening;
    },
    async stop() {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}

function traced(route: Route, { span }: Tracing): Route {
  const answer = (request: Parameters<Route['answer']>[0]) =>
    span(`${route.method} ${route.path}`, 'SERVER', async (note) => {
      note({ 'http.route': route.path });
      const response = await route.answer(request);
      note({ 'http.response.status_code': response.status });
      return response;
    });
  return { ...route, answer };
}

function timed(route: Route, { request }: Pick<Timings, 'request'>, clock: () => number): Route {
  return {
    ...route,
    async answer(incoming) {
      const begun = clock();
      const note = (status: number) => request(route.path, status, (clock() - begun) / 1_000);
      try {
        const response = await route.answer(incoming);
        note(response.status);
        return response;
      } catch (error) {
        note(error instanceof HttpError ? error.status : 500);
        throw error;
      }
    },
  };
}

/** Rejects when the database does not respond, or is no longer the one that was opened. */
async function checkDatabase({ db, loss }: Dependencies['database']): Promise<void> {
  await answersQuery(db);
  const lost = await loss(db);
  if (lost !== null) throw new Error(`the database is lost: ${lost}`);
}
