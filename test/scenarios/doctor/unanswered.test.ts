import assert from 'node:assert/strict';
import { startWellTenant, type WellTenant } from './well-tenant.ts';

describe('the doctor when Microsoft does not respond', () => {
  let well: WellTenant;
  beforeEach(async () => {
    well = await startWellTenant();
  });
  afterEach(async () => {
    well.tenant.faults.clear();
    await well.stop();
  });

  it('finds something to say of each check, whatever fails', async () => {
    for (const service of ['graph', 'exchange', 'teams', 'openid'] as const)
      well.tenant.faults.add({ service, kind: 'reset', times: 'until-cleared' });
    const findings = await well.findings();
    const failed = findings.filter(({ status }) => status === 'failed').map(({ id }) => id);
    for (const id of ['alerts_permission', 'approvers', 'blocked_connectors', 'channel', 'bot_keys'] as const)
      assert.ok(failed.includes(id), `${id}: ${JSON.stringify(findings.find((finding) => finding.id === id))}`);
    assert.ok(findings.every(({ status, todo }) => status === 'ok' || status === 'skipped' || todo !== null));
  });

  it('ends a check that hangs, and runs all others', async () => {
    well.tenant.faults.add({ service: 'graph', match: 'alerts_v2', kind: 'hang', times: 'until-cleared' });
    const findings = await well.findings({}, { deadlineMs: 6_000 });
    const of = (wanted: string) => findings.find(({ id }) => id === wanted);
    assert.match(of('alerts_permission')?.says ?? '', /No response within \d+ seconds/);
    assert.equal(of('alerts_permission')?.status, 'failed');
    assert.match(of('alert_policy')?.says ?? '', /depends on: Alerts/);
    assert.equal(of('blocked_connectors')?.status, 'ok');
  });

  it('reports that a test card was refused, and sends none without a channel', async () => {
    const card = async () => (await well.findings({}, { sendTestCard: true })).at(-1);
    well.tenant.faults.add({ service: 'teams', match: /^POST .*\/v3\/conversations$/, kind: 'unavailable' });
    const refused = await card();
    assert.equal(`${refused?.id} ${refused?.status}`, 'test_card failed');
    assert.match(refused?.says ?? '', /could not be posted/);
    well.tenant.teams.removeBot();
    assert.equal((await card())?.status, 'skipped');
  });
});
