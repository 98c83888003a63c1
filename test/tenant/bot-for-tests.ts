import { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import restify from 'restify';
import { z } from 'zod';
import type { Tenant } from './tenant.ts';

export type BotForTests = { readonly adapter: TeamsAdapter; readonly url: string; stop(): Promise<void> };

const bodySchema = z.record(z.string(), z.unknown());
const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional());

/** Returns the settings with which botbuilder's real authentication runs against a tenant. */
function botSettings(env: Tenant['env']) {
  return {
    MicrosoftAppId: env.CLIENT_ID ?? '',
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppTenantId: env.TENANT_ID ?? '',
    ToBotFromChannelOpenIdMetadataUrl: env.BOT_OPENID_METADATA_URL ?? '',
    ToBotFromEmulatorOpenIdMetadataUrl: env.BOT_OPENID_METADATA_URL ?? '',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${env.TENANT_ID}`,
    OAuthUrl: 'https://token.botframework.com/',
  };
}

/** Starts a minimal bot of botbuilder, teams-ai and restify. */
export async function startBotForTests(
  tenant: Tenant,
  onTurn: (context: TurnContext) => Promise<void>,
): Promise<BotForTests> {
  const adapter = new TeamsAdapter(botSettings(tenant.env));
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const { method = 'GET' } = request;
    const headers = headersSchema.parse(request.headers);
    await adapter.process({ method, headers, body: bodySchema.parse(request.body) }, response, onTurn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  tenant.connectBot(url);
  return { adapter, url, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
