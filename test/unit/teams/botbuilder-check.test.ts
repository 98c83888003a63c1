import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Activity } from 'botbuilder';
import { botCredentials } from '../../../src/teams/transport/bot-credentials.ts';
import { type BotbuilderCheck, createBotbuilderCheck } from '../../../src/teams/transport/botbuilder-check.ts';
import { channelSettings } from '../../../src/teams/transport/channel-settings.ts';
import { createConnectorHttp } from '../../../src/teams/transport/connector-http.ts';
import { createChannelKeys } from '../../tenant/channel-keys.ts';
import { channelTokens, type SignForChannel } from '../../tenant/channel-tokens.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';
import { credentialOf } from './bot-of-tenant.ts';
import { quietConsole } from './quiet-console.ts';

const ISSUER = 'https://api.botframework.com';
const TWO_HOURS_MS = 2 * 3_600_000;
const MINUTE_MS = 60_000;

describe('the check by botbuilder', () => {
  const console = quietConsole();
  let tenant: Tenant;
  let sign: SignForChannel;
  let check: BotbuilderCheck;
  let now: number;

  before(async () => {
    tenant = await startTenant();
    sign = channelTokens(tenant.env.CLIENT_ID ?? '', ISSUER, await createChannelKeys());
  });
  beforeEach(() => {
    now = 0;
    check = checkFor(tenant, () => now);
  });
  afterEach(() => mock.timers.reset());
  after(async () => {
    await tenant.stop();
    console.restore();
  });

  const activity = (overrides: Partial<Activity> = {}) =>
    ({ channelId: 'msteams', serviceUrl: tenant.env.TEAMS_SERVICE_URL, ...overrides }) as Activity;
  const accepts = async (authorization: string, overrides?: Partial<Activity>, edition = 'first') => {
    const accepted = check(edition, activity(overrides), authorization);
    return accepted.then(
      () => true,
      () => false,
    );
  };
  const signed = async (...forgery: [Parameters<SignForChannel>[1]?]) =>
    `Bearer ${await sign(tenant.env.TEAMS_SERVICE_URL ?? '', ...forgery)}`;

  it('accepts a token for the channel and the service URL it accepted it for, and for no others', async () => {
    const token = await signed();
    const answers = [
      await accepts(token),
      await accepts(token),
      await accepts(token, { channelId: 'webchat' }),
      await accepts(token, { serviceUrl: 'https://smba.trafficmanager.net/elsewhere/' }),
      await accepts(await signed('bad-signature')),
    ];
    assert.deepEqual(answers, [true, true, false, false, false]);
  });

  it('verifies an accepted token again after a minute, and at once when the keys have changed', async () => {
    const token = await signed();
    assert.equal(await accepts(token), true);
    mock.timers.enable({ apis: ['Date'], now: Date.now() + TWO_HOURS_MS });
    now = MINUTE_MS - 1;
    assert.equal(await accepts(token), true);
    assert.equal(await accepts(token, {}, 'second'), false);
    check = checkFor(tenant, () => now);
    mock.timers.reset();
    assert.equal(await accepts(token), true);
    mock.timers.enable({ apis: ['Date'], now: Date.now() + TWO_HOURS_MS });
    now += MINUTE_MS;
    assert.equal(await accepts(token), false);
  });
});

function checkFor(tenant: Tenant, clock: () => number): BotbuilderCheck {
  const { CLIENT_ID = '', TENANT_ID = '', BOT_OPENID_METADATA_URL = '', TEAMS_SERVICE_URL = '' } = tenant.env;
  const cloud = { cloud: 'public', tenantId: TENANT_ID, authorityHost: 'https://login.microsoftonline.com' } as const;
  const settings = channelSettings({ ...cloud, botApi: ISSUER, botOpenIdMetadataUrl: BOT_OPENID_METADATA_URL });
  const teamsOrigins = [new URL(TEAMS_SERVICE_URL).origin];
  return createBotbuilderCheck({
    settings: { MicrosoftAppId: CLIENT_ID, ...settings },
    credentials: botCredentials({ clientId: CLIENT_ID, credential: credentialOf(tenant), timeoutMs: 10_000 }),
    httpClient: createConnectorHttp({ fetch, timeoutMs: 10_000, clock: Date.now, log: silentLog, teamsOrigins }),
    clock,
  });
}
