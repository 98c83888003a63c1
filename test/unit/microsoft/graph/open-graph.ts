import { readConfig } from '../../../../src/config/config.ts';
import { createCredential } from '../../../../src/microsoft/credential.ts';
import { createAlerts } from '../../../../src/microsoft/graph/alerts.ts';
import { createGraphClient } from '../../../../src/microsoft/graph/client.ts';
import { createDirectory } from '../../../../src/microsoft/graph/directory.ts';
import { startTenant } from '../../../tenant/tenant.ts';
import { silentLog } from '../http/recorded-log.ts';
import { credentialForTests, type Script, startScripted } from '../http/scripted-server.ts';

const settings = {
  fetch,
  timeoutMs: 30_000,
  log: silentLog,
  backoff: { firstPauseMs: 1, budgetMs: 1_000, random: () => 0 },
};

/** Creates the product's Graph clients for a simulated tenant. */
export async function openGraph(now: () => number, variables: NodeJS.ProcessEnv = {}) {
  const tenant = await startTenant({ now });
  const read = readConfig({ ...tenant.env, ...variables });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { graph, approverGroupId: groupId, approverRoleIds: roleIds } = read.config;
  const client = createGraphClient({ ...settings, ...graph, credential: createCredential(read.config) });
  const requests = () => tenant.record.filter(({ service }) => service === 'graph').map(({ operation }) => operation);
  const directory = createDirectory(client, { groupId, roleIds, clock: now });
  return { tenant, client, requests, alerts: createAlerts(client), directory };
}

const GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c01';

/** Creates the product's Graph clients for a scripted server. */
export async function openScriptedGraph(script: Script, roleIds: readonly string[] = []) {
  const server = await startScripted(script);
  const client = createGraphClient({ ...settings, endpoint: server.origin, credential: credentialForTests });
  return {
    server,
    client,
    alerts: createAlerts(client),
    directory: createDirectory(client, { groupId: GROUP_ID, roleIds }),
  };
}
