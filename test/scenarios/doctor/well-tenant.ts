import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config/config.ts';
import { examine } from '../../../src/doctor/examine.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { createMicrosoft365 as createClients } from '../../../src/service/microsoft-365.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { saveObservation } from '../../../src/storage/observations.ts';
import { savePush } from '../../../src/storage/push.ts';
import { startTenant, type Tenant, type TenantOptions } from '../../tenant/tenant.ts';
import { handshakeServer } from './handshake-server.ts';

export type Settings = Readonly<Record<string, string | undefined>>;

/** A tenant in which everything is in order, and a database that a service has used. */
export type WellTenant = {
  readonly tenant: Tenant;
  /** The settings of a service that polls. */
  readonly settings: Settings;
  /** Where something answers as the service answers Graph's handshake. */
  readonly publicUrl: string;
  /** What the doctor finds, its clock `ahead` ms of all others. */
  findings(
    changes?: Settings,
    options?: { readonly ahead?: number; readonly sendTestCard?: boolean; readonly deadlineMs?: number },
  ): Promise<readonly Finding[]>;
  /** Changes the database as a service would have left it. */
  inDatabase(change: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
};

const SEEN = {
  blocked: { items: [], complete: true, reason: null },
  inbound: { items: [], complete: true, reason: null },
};

export async function startWellTenant(options: TenantOptions = {}): Promise<WellTenant> {
  const tenant = await startTenant(options);
  tenant.teams.team.addToRoster(tenant.people.absent);
  tenant.exchange.restrict('Head office relay');
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const settings = { ...tenant.env, DATABASE_URL: `file:${join(folder, 'incidents.sqlite')}` };
  const handshake = await handshakeServer();
  const well: WellTenant = {
    tenant,
    settings,
    publicUrl: handshake.url,
    async findings(changes = {}, { ahead = 0, sendTestCard = false, deadlineMs = 20_000 } = {}) {
      const read = readConfig({ ...settings, ...changes });
      assert.ok(read.ok, JSON.stringify(read));
      const outside = { fetch: globalThis.fetch, clock: () => Date.now() + ahead, deadlineMs, createClients };
      return examine(read.config, outside, { strings: strings('en-US'), sendTestCard });
    },
    async inDatabase(change) {
      const database = await openDatabase(settings.DATABASE_URL);
      await change(database.db).finally(database.close);
    },
    async stop() {
      await tenant.stop();
      await handshake.close();
      await rm(folder, { recursive: true });
    },
  };
  await well.inDatabase(async (db) => {
    await saveObservation(db, { ...SEEN, beganAt: Date.now(), alerts: [] });
    await savePush(db, 'security/alerts_v2', { subscriptionId: null, secretHash: '', refusal: 'not here' }, Date.now());
  });
  return well;
}
