import { readConfig } from '../../src/config/config.ts';
import { channelSettings } from '../../src/teams/transport/channel-settings.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Program, startProgram } from './baselines/program.ts';

/** Starts the bare libraries with the settings of botbuilder that the service would have in this tenant. */
export function startBare({ env }: Tenant): Promise<Program> {
  const read = readConfig({ ...env, DATABASE_URL: 'file:unused' });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { clientId, tenantId } = read.config;
  const settings = { MicrosoftAppId: clientId, MicrosoftAppTenantId: tenantId, ...channelSettings(read.config) };
  return startProgram(new URL('baselines/bare.ts', import.meta.url), { args: [JSON.stringify(settings)] });
}
