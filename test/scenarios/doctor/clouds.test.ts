import assert from 'node:assert/strict';
import { CLOUD_RESOURCES, settingsOf, type TenantCloud } from '../../tenant/clouds.ts';
import { startWellTenant } from './well-tenant.ts';

const CLOUDS: readonly TenantCloud[] = ['public', 'gcc-high', 'dod', 'china', 'france', 'germany', 'custom'];

describe('the doctor in each Microsoft cloud', () => {
  for (const cloud of CLOUDS) {
    it(`finds nothing wrong in a tenant that is ${cloud}, with that cloud's tokens`, async () => {
      const well = await startWellTenant({ cloud });
      const findings = await well.findings().finally(() => well.stop());
      const wrong = findings.filter(({ status }) => status === 'failed' || status === 'skipped');
      assert.deepEqual(
        wrong.map(({ id, says }) => `${id}: ${says}`),
        [],
      );
      const requests = well.tenant.record.filter(({ service }) => service === 'identity');
      const resources = requests.map(({ path }) => new URL(path, 'http://127.0.0.1').searchParams.get('resource'));
      const { graph, exchange, bot } = CLOUD_RESOURCES[cloud];
      assert.deepEqual(new Set(resources), new Set<string>([graph, exchange, bot]));
    });

    it(`reports that no token is issued where ${cloud} is configured for a tenant of another cloud`, async () => {
      const other = cloud === 'public' ? 'gcc-high' : 'public';
      const well = await startWellTenant({ cloud: other });
      const changes = { CLOUD: cloud, ...settingsOf(cloud, well.settings.EXCHANGE_ENDPOINT ?? '') };
      const findings = await well.findings(changes).finally(() => well.stop());
      const failed = findings.filter(({ status }) => status === 'failed').map(({ id }) => id);
      assert.ok(failed.includes('graph_token') || failed.includes('identity'), failed.join(', '));
    });
  }
});
