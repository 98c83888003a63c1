import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { createService, type Service } from '../../src/service.ts';
import { createLog } from '../../src/shared/log.ts';
import type { Runtime } from '../../src/shared/runtime.ts';
import { copyMigrated } from '../databases/migrated-file.ts';
import { startTenant, type Tenant, type TenantOptions } from '../tenant/tenant.ts';

/** A simulated tenant and the whole service in it, on real HTTP with its own database. */
export type World = {
  readonly tenant: Tenant;
  readonly url: string;
  /** The URL of the service's database, which tests may read directly. */
  readonly databaseUrl: string;
  /** Every line of the service's log, parsed. */
  readonly log: readonly Record<string, unknown>[];
  /** Stops the service and starts it again on the same database. `meanwhile` runs while it is stopped. */
  restart(settings?: Settings, meanwhile?: () => Promise<void>): Promise<void>;
  /** Runs the due jobs now, without waiting for the worker's next poll. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

type Settings = Readonly<Record<string, string>>;

/** The self-check has its own scenarios. In those that move the clock, its calls would be counted with the others. */
const QUICK: Settings = { HOST: '127.0.0.1', PORT: '0', POLL_SECONDS: '1', LOG_LEVEL: 'info', SELF_CHECK: 'off' };

export async function startWorld(
  settings: Settings = {},
  outside: Partial<Runtime> = {},
  prepare: (tenant: Tenant) => void = () => {},
  tenantOptions: TenantOptions = {},
): Promise<World> {
  const tenant = await startTenant(tenantOptions);
  prepare(tenant);
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const DATABASE_URL = await copyMigrated(join(folder, 'incidents.sqlite'));
  const log: Record<string, unknown>[] = [];
  let service: Service;
  let url = '';

  async function begin(more: Settings): Promise<void> {
    const read = readConfig({ ...tenant.env, ...QUICK, DATABASE_URL, ...settings, ...more });
    assert.ok(read.ok, JSON.stringify(read));
    service = await createService(read.config, {
      log: listeningLog(log),
      ...outside,
      ...(outside.clock && clocksMovedWith(outside.clock)),
    });
    const { port } = await service.start();
    url = `http://127.0.0.1:${port}`;
    tenant.connectBot(url);
  }

  await begin({});
  return {
    tenant,
    databaseUrl: DATABASE_URL,
    log,
    get url() {
      return url;
    },
    async restart(more = {}, meanwhile = async () => {}) {
      await service.stop();
      await meanwhile();
      await begin(more);
    },
    drain: () => service.worker.drain(),
    async stop() {
      tenant.faults.clear();
      await service.stop();
      await tenant.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function listeningLog(lines: Record<string, unknown>[]) {
  const destination = {
    write(line: string) {
      lines.push(JSON.parse(line));
      return true;
    },
  };
  return createLog('debug', destination);
}

/** Moves the clock that replicas on one PostgreSQL share together with the test's clock, as if the time had really passed. */
export function clocksMovedWith(clock: () => number) {
  return { clock, steadyClock: clock, readServerClock: async () => clock() };
}
