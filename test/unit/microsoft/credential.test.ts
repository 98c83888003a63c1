import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { CLOUDS } from '../../../src/config/clouds.ts';
import { readConfig } from '../../../src/config/config.ts';
import { createCredential } from '../../../src/microsoft/credential.ts';
import { startProxy } from '../../network/connect-proxy.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';

const identityLibrary: typeof import('@azure/identity') = createRequire(import.meta.url)('@azure/identity');
const { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } = identityLibrary;

describe("the app's credential", () => {
  let tenant: Tenant;

  beforeEach(async () => {
    tenant = await startTenant();
  });

  afterEach(() => tenant.stop());

  function credential(changes: NodeJS.ProcessEnv = {}) {
    const read = readConfig({ ...tenant.env, ...changes });
    if (!read.ok) throw new Error(read.problems.join('\n'));
    return createCredential(read.config);
  }

  it('is a managed identity, whose token is requested once', async () => {
    const identity = credential();
    assert.ok(identity instanceof ManagedIdentityCredential);
    const first = await identity.getToken('https://graph.microsoft.com/.default');
    const second = await identity.getToken('https://graph.microsoft.com/.default');
    assert.equal(first?.token, second?.token);
    assert.equal(tenant.record.filter(({ service }) => service === 'identity').length, 1);
  });

  for (const [cloud, { authorityHost: known }] of Object.entries(CLOUDS)) {
    const authorityHost = known ?? 'https://login.own.example';
    const own = unpublished(cloud);
    it(`sends a secret to the authority of ${cloud} and to no other`, async () => {
      const proxy = await startProxy();
      try {
        // The credential keeps retrying; only its first request counts.
        const token = credential({ CLIENT_SECRET: 'secret', CLOUD: cloud, ...own }).getToken(
          'https://x.example/.default',
        );
        await Promise.race([proxy.asked, token]);
        token.catch(() => {});
        assert.deepEqual([...new Set(proxy.hosts)], [`${new URL(authorityHost).host}:443`]);
      } finally {
        await proxy.stop();
      }
    });
  }

  it("is a managed identity's token for a federated application, sent to Entra", async () => {
    const proxy = await startProxy();
    try {
      const application = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
      const settings = { CLIENT_ID: application, FEDERATED_CLIENT_ID: tenant.env.CLIENT_ID, CLOUD: 'public' };
      const token = credential(settings).getToken('https://x.example/.default');
      await Promise.race([proxy.asked, token]);
      token.catch(() => {});
      assert.deepEqual([...new Set(proxy.hosts)], ['login.microsoftonline.com:443']);
      const requests = tenant.record.filter(({ service }) => service === 'identity');
      assert.equal(requests.length, 1);
    } finally {
      await proxy.stop();
    }
  });

  it('is a secret or a certificate where there is no managed identity', () => {
    assert.ok(credential({ CLIENT_SECRET: 'secret' }) instanceof ClientSecretCredential);
    assert.ok(credential({ CLIENT_CERTIFICATE_PATH: 'app.pem' }) instanceof ClientCertificateCredential);
  });
});

/** Returns the settings that Microsoft has not published for a cloud. */
function unpublished(cloud: string): NodeJS.ProcessEnv {
  if (!['france', 'germany', 'custom'].includes(cloud)) return {};
  const bot = {
    BOT_API: 'https://api.bot.example',
    BOT_OPENID_METADATA_URL: 'https://login.bot.example/openid',
    TEAMS_SERVICE_URL: 'https://teams.example/teams/',
  };
  const graph = { GRAPH_ENDPOINT: 'https://graph.example', EXCHANGE_ENDPOINT: 'https://outlook.example' };
  return cloud === 'custom' ? { ...bot, ...graph, AUTHORITY_HOST: 'https://login.own.example' } : bot;
}
