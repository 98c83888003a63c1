import assert from 'node:assert/strict';
import { ManagedIdentityCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { startTenant, type Tenant } from './tenant.ts';

describe('the simulated managed identity', () => {
  let tenant: Tenant;

  beforeEach(async () => {
    tenant = await startTenant();
  });

  afterEach(() => tenant.stop());

  it('gives the real credential a token for each resource', async () => {
    const credential = new ManagedIdentityCredential({ clientId: tenant.env.CLIENT_ID ?? '' });
    for (const resource of ['https://graph.microsoft.com', 'https://outlook.office365.com']) {
      const { token, expiresOnTimestamp } = await credential.getToken(`${resource}/.default`);
      const claims = decodeJwt(token);
      assert.equal(claims.aud, resource);
      assert.equal(claims.appid, tenant.env.CLIENT_ID);
      assert.equal(claims.tid, tenant.env.TENANT_ID);
      assert.ok(expiresOnTimestamp > Date.now());
    }
  });

  it('serves a second tenant of the same process', async () => {
    const second = await startTenant();
    const credential = new ManagedIdentityCredential({ clientId: second.env.CLIENT_ID ?? '' });
    await credential.getToken('https://graph.microsoft.com/.default');
    assert.equal(second.record.filter((one) => one.service === 'identity').length, 1);
    assert.equal(tenant.record.length, 0);
    await second.stop();
  });

  it('refuses another client id, through the real credential', async () => {
    const credential = new ManagedIdentityCredential({ clientId: '00000000-0000-0000-0000-00000000dead' });
    await assert.rejects(credential.getToken('https://graph.microsoft.com/.default'));
  });

  it('refuses a wrong header, and an unknown resource', async () => {
    const ask = (resource: string, header: string) => {
      const query = new URLSearchParams({
        'api-version': '2019-08-01',
        resource,
        client_id: tenant.env.CLIENT_ID ?? '',
      });
      return fetch(`${tenant.env.IDENTITY_ENDPOINT}?${query}`, { headers: { 'X-IDENTITY-HEADER': header } });
    };
    assert.equal((await ask('https://graph.microsoft.com', 'guess')).status, 401);
    assert.equal((await ask('https://elsewhere.example', tenant.env.IDENTITY_HEADER ?? '')).status, 400);
  });
});
