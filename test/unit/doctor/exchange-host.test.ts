import assert from 'node:assert/strict';
import { readConfig } from '../../../src/config/config.ts';
import { examineExchangeHost } from '../../../src/doctor/checks/exchange.ts';
import { createConnections } from '../../../src/doctor/connections.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { createMicrosoft365 as createClients } from '../../../src/service/microsoft-365.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';

describe("which of China's two addresses of Exchange answers", () => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await startTenant({ cloud: 'china' });
  });
  afterEach(() => tenant.stop());

  /** The tenant has one of the two, and tokens for that alone. */
  async function found(settings: Readonly<Record<string, string>>, served = 'partner.outlook.cn') {
    const { EXCHANGE_ENDPOINT, ...env } = tenant.env;
    const read = readConfig({ ...env, ...settings });
    assert.ok(read.ok, JSON.stringify(read));
    const fetchThere: typeof fetch = (input, init) =>
      fetch(String(input).replace(`https://${served}`, EXCHANGE_ENDPOINT ?? ''), init);
    const clock = Date.now;
    const connections = createConnections(read.config, { fetch: fetchThere, clock, createClients });
    const context = { config: read.config, connections, clock, strings: strings('en-US') };
    const [finding] = [await examineExchangeHost(context)].flat();
    await connections.close();
    return `${finding?.status}: ${finding?.says} ${finding?.todo ?? ''}`;
  }

  it('is the configured one', async () => {
    assert.match(await found({}), /^ok: Exchange responds at partner\.outlook\.cn\./);
  });

  it('is the other, which is what to set', async () => {
    const finding = await found({ EXCHANGE_ENDPOINT: 'https://outlook.office365.cn' });
    assert.match(
      finding,
      /^failed: .*not respond at outlook\.office365\.cn, but at partner\.outlook\.cn\. Set EXCHANGE_ENDPOINT=https:\/\/partner\.outlook\.cn\./,
    );
  });

  it('is neither', async () => {
    tenant.permissions.withhold('https://partner.outlook.cn');
    assert.match(
      await found({}),
      /^failed: Exchange responds to this app at none of partner\.outlook\.cn, outlook\.office365\.cn\./,
    );
  });

  it('is no question elsewhere', async () => {
    assert.match(await found({ CLOUD: 'public' }), /^ok: Exchange has one address in this cloud\./);
  });
});
