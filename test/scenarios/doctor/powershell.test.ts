import assert from 'node:assert/strict';
import type { Finding } from '../../../src/doctor/finding.ts';
import { type InstalledPwsh, installPwsh } from '../../tenant/pwsh/install-pwsh.ts';
import { startWellTenant, type WellTenant } from './well-tenant.ts';

describe('the doctor in mode powershell', () => {
  let well: WellTenant;
  let pwsh: InstalledPwsh;
  beforeEach(async () => {
    well = await startWellTenant();
    pwsh = await installPwsh(well.tenant);
  });
  afterEach(async () => {
    await pwsh.remove();
    await well.stop();
  });

  const found = async (): Promise<readonly Finding[]> =>
    (await well.findings(pwsh.env)).filter(({ status }) => status === 'warning' || status === 'failed');

  it('asks Exchange through PowerShell alone, and cannot tell whether it may unblock', async () => {
    assert.deepEqual(
      (await found()).map(({ id, status }) => `${id} ${status}`),
      ['unblock warning'],
    );
    const cmdlets = (await pwsh.runs()).map(({ document }) => String(document.cmdlet ?? 'versions'));
    assert.deepEqual(cmdlets.toSorted(), [
      ...[
        'Get-AdminAuditLogConfig',
        'Get-BlockedConnector',
        'Get-InboundConnector',
        'Search-UnifiedAuditLog',
        'versions',
      ],
    ]);
  });

  it('names the missing module, and looks no further at Exchange', async () => {
    await pwsh.set({ module: null });
    const [only, ...more] = await found();
    assert.deepEqual(more, []);
    assert.equal(`${only?.id} ${only?.status}`, 'powershell failed');
    assert.match(only?.says ?? '', /Install-Module ExchangeOnlineManagement/);
    assert.match(only?.todo ?? '', /docs\/powershell\.md/);
  });

  it('names the permission by which it learns the name of the organization', async () => {
    well.tenant.permissions.revoke('Organization.Read.All');
    const [only, ...more] = await found();
    assert.deepEqual(more, []);
    assert.equal(`${only?.id} ${only?.status}`, 'organization_permission failed');
    assert.match(only?.todo ?? '', /Grant Organization\.Read\.All/);
  });
});
