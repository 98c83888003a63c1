import assert from 'node:assert/strict';
import { checkPowerShell } from '../../../../../src/microsoft/exchange/powershell/preflight.ts';
import { isAtLeast } from '../../../../../src/microsoft/exchange/powershell/requirements.ts';
import type { State } from '../../../../tenant/pwsh/state.ts';
import { openPowerShell } from './open-powershell.ts';

describe('the preflight of mode powershell', () => {
  let machine: Awaited<ReturnType<typeof openPowerShell>>;
  beforeEach(async () => {
    machine = await openPowerShell();
  });
  afterEach(() => machine.stop());

  const check = ({ path = machine.config.powerShell.path, withinMs = 20_000 } = {}) => {
    const powerShell = { ...machine.config.powerShell, path };
    const { readOrganization } = machine;
    return checkPowerShell({ powerShell, readOrganization, signal: AbortSignal.timeout(withinMs) });
  };

  it('finds no problem when all requirements are met, even with a banner', async () => {
    machine.pwsh.set({ misbehaviours: ['banner'] });
    assert.deepEqual(await check(), []);
  });

  const findings: readonly (readonly [string, Partial<State>, string, RegExp])[] = [
    [
      'a PowerShell that is too old',
      { powershell: '7.1.7' },
      'powershell_too_old',
      /^This is PowerShell 7\.1\.7: inst/,
    ],
    ['a missing module', { module: null }, 'module_missing', /Install-Module ExchangeOnlineManagement/],
    ['a module that is too old', { module: '2.0.5' }, 'module_too_old', /has version 2\.0\.5\. .*Install-Module/],
    ['a PowerShell that prints nonsense', { misbehaviours: ['speak-nonsense'] }, 'not_checked', /it printed nothing/],
  ];
  for (const [what, state, kind, words] of findings) {
    it(`names ${what}, with the remedy`, async () => {
      machine.pwsh.set(state);
      const [finding, ...others] = await check();
      assert.equal(finding?.kind, kind);
      assert.match(finding?.message ?? '', words);
      assert.deepEqual(others, []);
    });
  }

  it('names a missing PowerShell', async () => {
    const [finding] = await check({ path: '/nowhere/pwsh' });
    assert.equal(finding?.kind, 'powershell_missing');
    assert.match(finding?.message ?? '', /set PWSH_PATH/);
  });

  it('gives up on a PowerShell that hangs', async () => {
    machine.pwsh.set({ misbehaviours: ['hang-before-connecting'] });
    const [finding] = await check({ withinMs: 1_000 });
    assert.deepEqual([finding?.kind, /in time/.test(finding?.message ?? '')], ['not_checked', true]);
  });

  it('names every problem at once, including an unreadable organization', async () => {
    machine.pwsh.set({ module: null });
    machine.tenant.faults.add({ service: 'graph', match: 'organization', kind: 'answer', status: 403 });
    assert.deepEqual(
      (await check()).map(({ kind }) => kind),
      ['module_missing', 'organization_unreadable'],
    );
  });

  it('compares versions part by part', () => {
    for (const version of ['3.1.0', '3.10.0', '4.0.0', '3.9.1-Preview1'])
      assert.ok(isAtLeast(version, '3.1.0'), version);
    for (const version of ['3.0.9', '2.99.0', 'unknown', '']) assert.ok(!isAtLeast(version, '3.1.0'), version);
  });
});
