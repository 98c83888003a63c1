import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import { createServiceProcess, type Settings } from '../demo/service-process.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { timed } from './measure.ts';
import { now } from './now.ts';
import type { DatabaseKind } from './options.ts';

/** A simulated tenant in this process, and the service on an empty database, each replica in a process of its own. */
export type World = AsyncDisposable & {
  readonly tenant: Tenant;
  readonly databaseUrl: string;
  /** The addresses of the replicas. */
  readonly urls: readonly [string, ...string[]];
  /** The time from the start of each replica's process until it was ready, ms. */
  readonly startMs: readonly number[];
};

type Wish = {
  readonly settings?: Settings;
  readonly replicas?: number;
  /** Whether Graph notifies the service; otherwise it polls. */
  readonly push?: boolean;
  /** Prepares the tenant before the service starts. */
  readonly prepare?: (tenant: Tenant) => void;
  /** Fills the database before the service starts. */
  readonly fill?: (databaseUrl: string) => Promise<void>;
};

export type OpenWorld = (wish?: Wish) => Promise<World>;

const USUAL: Settings = { POLL_SECONDS: '3600', LOG_LEVEL: 'info' };
export const NOTIFICATION_SECRET = 'a-client-state-of-the-benchmark-alone';

/** Opens worlds on one kind of database; `close` stops the server that they share. */
export async function worldsOn(kind: DatabaseKind): Promise<{ open: OpenWorld; close(): Promise<void> }> {
  const server = kind === 'postgres' ? await startPostgres({ durable: true }) : null;
  return { open: (wish = {}) => openWorld(server, wish), close: async () => server?.stop() };
}

async function openWorld(server: PostgresServer | null, wish: Wish): Promise<World> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-bench-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const tenant = await startTenant({ now });
  opened.defer(tenant.stop);
  tenant.defender.subscriptions.granted = wish.push ?? false;
  wish.prepare?.(tenant);
  const databaseUrl = server === null ? `file:${join(folder, 'incidents.sqlite')}` : await server.createDatabase();
  await wish.fill?.(databaseUrl);
  const usual = { ...tenant.env, ...USUAL, DATABASE_URL: databaseUrl, ...wish.settings };
  const replicas = await Promise.all(
    Array.from({ length: wish.replicas ?? 1 }, () => createServiceProcess(folder, usual)),
  );
  for (const replica of replicas) opened.defer(() => replica.end());
  const startMs = await Promise.all(
    replicas.map((replica) => {
      const push = { PUBLIC_URL: replica.url, NOTIFICATION_SECRET };
      return timed(() => replica.start(wish.push ? push : {}));
    }),
  );
  const [first = '', ...others] = replicas.map(({ url }) => url);
  tenant.connectBot(first);
  if (wish.push) await until(() => tenant.defender.subscriptions.active().length === 1, { what: 'a subscription' });
  const all = opened.move();
  const close = () => all.disposeAsync();
  return { tenant, databaseUrl, urls: [first, ...others], startMs, [Symbol.asyncDispose]: close };
}
