import { readConfig } from '../../../../../src/config/config.ts';
import { createCredential } from '../../../../../src/microsoft/credential.ts';
import { createConnectors } from '../../../../../src/microsoft/exchange/connectors.ts';
import { createPowerShellClient } from '../../../../../src/microsoft/exchange/powershell/client.ts';
import { createGraphClient } from '../../../../../src/microsoft/graph/client.ts';
import { createOrganization } from '../../../../../src/microsoft/graph/organization.ts';
import { installPwsh } from '../../../../tenant/pwsh/install-pwsh.ts';
import { startTenant } from '../../../../tenant/tenant.ts';
import { recordedLog } from '../../http/recorded-log.ts';

/** Creates the product's PowerShell client on a machine with a simulated PowerShell, in a simulated tenant. */
export async function openPowerShell(env: Readonly<Record<string, string>> = {}) {
  const tenant = await startTenant();
  const pwsh = await installPwsh(tenant);
  const read = readConfig({ ...tenant.env, ...pwsh.env, PATH: process.env.PATH, ...env });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const { log, text } = recordedLog('debug');
  const credential = createCredential(config);
  const access = { credential, fetch, timeoutMs: 2_000, log };
  const readOrganization = createOrganization(createGraphClient({ ...access, ...config.graph }));
  const clientWithin = (timeoutMs: number) =>
    createPowerShellClient({
      powerShell: config.powerShell,
      credential,
      scope: config.exchange.scope,
      environment: config.exchangeEnvironment,
      readOrganization,
      timeoutMs,
      clock: Date.now,
      log,
    });
  return {
    tenant,
    pwsh,
    config,
    readOrganization,
    log: text,
    client: clientWithin(20_000),
    connectors: createConnectors(clientWithin(20_000)),
    clientWithin,
    calls: (cmdlet: string) => tenant.calls(cmdlet).length,
    async stop() {
      tenant.faults.clear();
      await tenant.stop();
      await pwsh.remove();
    },
  };
}
