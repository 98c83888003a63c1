import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../tenant/people.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { createServiceProcess, type ServiceProcess, type Settings } from './service-process.ts';

/** The simulated tenant, and the service in it. */
export type Stage = {
  readonly tenant: Tenant;
  readonly service: ServiceProcess;
  readonly databaseUrl: string;
  stop(): Promise<void>;
};

/** Short times, so that changes are visible while a person watches. */
const BRISK: Settings = {
  POLL_SECONDS: '1',
  CONFIRM_WITHIN_SECONDS: '600',
  VERIFY_WITHIN_SECONDS: '60',
  LOG_LEVEL: 'info',
};

/** Exchange keeps listing a connector for this long after an unblock, as the real one may. */
const UNBLOCK_LAG_MS = 1_500;

export async function setUpStage(
  locale = 'en-US',
  settings: Settings = {},
  prepare: (tenant: Tenant) => void = () => {},
): Promise<Stage> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-demo-'));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const tenant = await startTenant({ locale });
  started.defer(tenant.stop);
  tenant.exchange.unblockLag.ms = UNBLOCK_LAG_MS;
  sendAway(tenant, tenant.people.markup);
  prepare(tenant);
  const databaseUrl = `file:${join(folder, 'incidents.sqlite')}`;
  const usual = { ...tenant.env, ...BRISK, DATABASE_URL: databaseUrl, ...settings };
  const service = await createServiceProcess(folder, usual);
  started.defer(() => service.end());
  await service.start();
  tenant.connectBot(service.url);
  const all = started.move();
  return { tenant, service, databaseUrl, stop: () => all.disposeAsync() };
}

/** Removes a person who exists only for tests and would confuse a reader of the first card. */
function sendAway({ directory, teams }: Tenant, person: Person): void {
  directory.removeMember(directory.approverGroupId, person);
  teams.team.removeFromRoster(person);
}
