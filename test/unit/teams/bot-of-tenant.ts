import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { Place } from '../../../src/storage/conversations.ts';
import { type BotAdapter, createAdapter } from '../../../src/teams/transport/adapter.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

/** The managed identity the tenant gives to the bot. */
export function credentialOf({ env }: Tenant): TokenCredential {
  process.env.IDENTITY_ENDPOINT = env.IDENTITY_ENDPOINT;
  process.env.IDENTITY_HEADER = env.IDENTITY_HEADER;
  return new ManagedIdentityCredential({ clientId: env.CLIENT_ID ?? '' });
}

type Special = { readonly timeoutMs?: number; readonly steadyClock?: () => number };

/** The real adapter, for the bot of a simulated tenant. */
export function adapterFor(tenant: Tenant, options: Special = {}): BotAdapter {
  const { CLIENT_ID = '', TENANT_ID = '', BOT_OPENID_METADATA_URL = '', TEAMS_SERVICE_URL = '' } = tenant.env;
  return createAdapter({
    clientId: CLIENT_ID,
    tenantId: TENANT_ID,
    cloud: 'public',
    authorityHost: 'https://login.microsoftonline.com',
    botApi: 'https://api.botframework.com',
    botOpenIdMetadataUrl: BOT_OPENID_METADATA_URL,
    teamsOrigins: [new URL(TEAMS_SERVICE_URL).origin],
    credential: credentialOf(tenant),
    log: silentLog,
    ...options,
  });
}

/** The admin channel, as configuration alone knows it. */
export function adminChannelOf({ env }: Tenant): Place {
  const { ADMIN_CHANNEL_ID = '', ADMIN_TEAM_ID = '', TENANT_ID = '', TEAMS_SERVICE_URL = '' } = env;
  return { channelId: ADMIN_CHANNEL_ID, teamId: ADMIN_TEAM_ID, tenantId: TENANT_ID, serviceUrl: TEAMS_SERVICE_URL };
}
