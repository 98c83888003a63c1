import { readConfig } from '../../../../src/config/config.ts';
import { createCredential } from '../../../../src/microsoft/credential.ts';
import { createExchangeClient } from '../../../../src/microsoft/exchange/client.ts';
import { createConnectors } from '../../../../src/microsoft/exchange/connectors.ts';
import { createShapeWatch } from '../../../../src/microsoft/shapes/watch.ts';
import { startTenant } from '../../../tenant/tenant.ts';
import { silentLog } from '../http/recorded-log.ts';
import { credentialForTests, type Script, startScripted } from '../http/scripted-server.ts';

const settings = {
  fetch,
  timeoutMs: 2_000,
  log: silentLog,
  backoff: { firstPauseMs: 1, budgetMs: 1_000, random: () => 0 },
};

export const TENANT_ID = '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c';

/** Creates the product's Exchange client for a simulated tenant. */
export async function openExchange(now: () => number) {
  const tenant = await startTenant({ now });
  const read = readConfig(tenant.env);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { exchange, tenantId } = read.config;
  const client = createExchangeClient({
    ...settings,
    ...exchange,
    tenantId,
    credential: createCredential(read.config),
  });
  const requests = () => tenant.record.filter(({ service }) => service === 'exchange');
  const shapes = createShapeWatch(silentLog);
  return { tenant, client, requests, shapes, connectors: createConnectors(client, { tenantId, shapes }) };
}

/** Creates the product's Exchange client for a scripted server. */
export async function openScriptedExchange(script: Script) {
  const server = await startScripted(script);
  const shapes = createShapeWatch(silentLog);
  const access = { ...settings, endpoint: server.origin, tenantId: TENANT_ID, credential: credentialForTests, shapes };
  const client = createExchangeClient(access);
  return { server, client, shapes, connectors: createConnectors(client, { tenantId: TENANT_ID, shapes }) };
}
