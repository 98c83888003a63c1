import assert from 'node:assert/strict';
import { withCommands } from '../../src/doctor/fix-command.ts';
import { type AzureCli, startAzureCli } from './azure-cli.ts';
import { runPermissions } from './permissions-run.ts';

const IDENTITY = {
  clientId: '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c',
  credential: { kind: 'managed_identity' },
} as const;

describe('the command that comes with a finding of the doctor', () => {
  let azure: AzureCli;
  before(async () => {
    azure = await startAzureCli();
  });
  after(() => azure.stop());
  it('is accepted by the permissions script, which grants what the check requires', async () => {
    for (const [id, role] of [
      ['alerts_permission', 'SecurityAlert.ReadWrite.All'],
      ['groups_permission', 'GroupMember.Read.All'],
      ['users_permission', 'User.Read.All'],
      ['organization_permission', 'Organization.Read.All'],
      ['exchange_permission', 'Exchange.ManageAsApp'],
      ['approver_roles', 'RoleAssignmentSchedule.Read.Directory'],
      ['hunting', 'ThreatHunting.Read.All'],
      ['message_trace', 'ExchangeMessageTrace.Read.All'],
      ['identity_risk', 'IdentityRiskyUser.Read.All'],
    ] as const) {
      const finding = { id, status: 'failed', says: 'Bad.', todo: 'Do it.' } as const;
      const [{ command = '' } = {}] = withCommands([finding], IDENTITY);
      const args = command
        .replaceAll(/<[^>]+>/g, 'guard')
        .split(' ')
        .slice(1);
      const { status, stdout, stderr } = await runPermissions(azure, [...args, '--what-if']);
      assert.equal(status, 0, stderr);
      assert.ok(stdout.includes(`would: grant ${role} of`), `${id}: ${stdout}`);
    }
  });
});
