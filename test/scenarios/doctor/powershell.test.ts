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

  it('calls Exchange through PowerShell only, and cannot determine whether it may unblock', async () => {
    assert.deepEqual(
      (await found()).map(({ id, status }) => `${id} ${status}`),
      ['unblock warning'],
    );
    const cmdlets = pwsh.runs.map(({ document }) => String(document.cmdlet ?? 'versions'));
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

  it('names the missing module, and skips the checks of Exchange', async () => {
    pwsh.set({ module: null });
    const [only, ...more] = await found();
    assert.deepEqual(more, []);
    assert.equal(`${only?.id} ${only?.status}`, 'powershell failed');
    assert.match(only?.says ?? '', /Install-Module ExchangeOnlineManagement/);
    assert.match(only?.todo ?? '', /docs\/powershell\.md/);
  });

  it("names the permission that reads the organization's name", async () => {
    well.tenant.permissions.revoke('Organization.Read.All');
    const [only, ...more] = await found();
    assert.deepEqual(more, []);
    assert.equal(`${only?.id} ${only?.status}`, 'organization_permission failed');
    assert.match(only?.todo ?? '', /Grant Organization\.Read\.All/);
  });
});
