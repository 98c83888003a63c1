import assert from 'node:assert/strict';
import { createConnectorEdits } from '../../../../../src/microsoft/audit-log/connector-edits.ts';
import type { ExchangeClient } from '../../../../../src/microsoft/exchange/client.ts';
import { runScript } from '../../../../../src/microsoft/exchange/powershell/run-script.ts';
import type { Misbehaviour as ExchangeMisbehaviour } from '../../../../tenant/faults.ts';
import type { Misbehaviour } from '../../../../tenant/pwsh/state.ts';
import { SEED_CONNECTORS } from '../../../../tenant/tenant-exchange.ts';
import { tokenFor } from '../../../../tenant/token-for-tests.ts';
import { failureOf } from '../../http/failure-of.ts';
import { openPowerShell } from './open-powershell.ts';

const REMOVE = 'Remove-BlockedConnector';
const SCRIPT = new URL('../../../../../src/microsoft/exchange/powershell/invoke-cmdlet.ps1', import.meta.url);

type Removal = { readonly client?: ExchangeClient; readonly signal?: AbortSignal };

describe('Exchange through PowerShell', () => {
  let machine: Awaited<ReturnType<typeof openPowerShell>>;
  beforeEach(async () => {
    machine = await openPowerShell({
      NOTIFICATION_SECRET: 'state-secret-of-thirty-two-characters',
      PUBLIC_URL: 'https://guard.example',
    });
  });
  afterEach(() => machine.stop());

  const restrict = () => machine.tenant.exchange.restrict(SEED_CONNECTORS.relay).connectorId;
  const remove = (connectorId: string, { client = machine.client, signal }: Removal = {}) =>
    client.change(REMOVE, { ConnectorId: connectorId, Reason: 'agreed' }, signal);
  /** How a call fails whose time is up as soon as it hangs. */
  async function failureOfHanging(connectorId: string, hangs: Promise<unknown>) {
    const timeUp = new AbortController();
    const failure = failureOf(remove(connectorId, { signal: timeUp.signal }));
    await hangs;
    timeUp.abort();
    return failure;
  }

  it('reads what the admin API reads, property for property', async () => {
    const connectorId = restrict();
    const [blocked, inbound] = await Promise.all([machine.connectors.listBlocked(), machine.connectors.listInbound()]);
    assert.deepEqual([blocked.complete, blocked.items.map(({ id }) => id)], [true, [connectorId]]);
    assert.deepEqual(inbound.items.map(({ name }) => name).sort(), [...Object.values(SEED_CONNECTORS)].sort());
    assert.equal(inbound.complete, true);
  });

  it('reads the audit log and whether it is on, as the admin API does', async () => {
    machine.tenant.exchange.editConnector(SEED_CONNECTORS.relay, { RequireTls: false }, 'ann@simulated.example');
    const { items: edits } = await createConnectorEdits(machine.client)({
      names: [SEED_CONNECTORS.relay],
      from: Date.now() - 60_000,
      to: Date.now() + 60_000,
    });
    assert.deepEqual(
      edits.map(({ by }) => by),
      ['ann@simulated.example'],
    );
    assert.equal((await machine.client.read('Get-AdminAuditLogConfig')).items.length, 1);
  });

  it('runs no cmdlet that is not on the list, whatever the script receives', async () => {
    const { config, tenant } = machine;
    const document = { token: 'any', organization: 'o', environment: 'O365Default', parameters: {} };
    const signal = AbortSignal.timeout(20_000);
    const sent = { ...document, cmdlet: 'Remove-Mailbox', allowed: ['Remove-Mailbox'] };
    const run = await runScript(config.powerShell, SCRIPT, sent, signal);
    assert.deepEqual(run.steps, []);
    assert.match(run.errorText, /not a cmdlet of this script/);
    assert.deepEqual(
      tenant.record.filter(({ service }) => service === 'exchange'),
      [],
    );
  });

  it('reports a reading as incomplete after a warning about missing rows, and not after a notice', async () => {
    const { answers } = machine.tenant.exchange;
    answers.warnings = ['This cmdlet will be retired.'];
    assert.equal((await machine.client.read('Get-BlockedConnector')).complete, true);
    answers.warnings = ['Increase the value for the ResultSize parameter.'];
    assert.equal((await machine.client.read('Get-BlockedConnector')).complete, false);
  });

  it('unblocks with one call, whatever characters the reason has', async () => {
    const reason = `Approved by 佐藤 葵 👩‍💻. It's "ok"; $(Remove-Mailbox x) \`n ‘quoted’ | & %PATH%`;
    await machine.connectors.unblock(restrict(), reason);
    assert.deepEqual(
      machine.tenant.exchange.removals.map((it) => it.reason),
      [reason],
    );
    assert.equal(machine.calls(REMOVE), 1);
  });

  it('keeps the token off the command line and out of the log, and every secret out of the environment', async () => {
    await machine.connectors.listBlocked();
    const [run] = machine.pwsh.runs;
    assert.ok(run);
    const token = await tokenFor(machine.tenant, 'https://outlook.office365.com');
    for (const output of [run.arguments.join(' '), JSON.stringify(run.environment), machine.log()]) {
      assert.doesNotMatch(output, new RegExp(token));
      assert.doesNotMatch(output, /state-secret/);
    }
    assert.deepEqual(run.arguments.slice(0, 3), ['-NoProfile', '-NonInteractive', '-File']);
    assert.equal(run.environment.IDENTITY_HEADER, undefined);
  });

  it('reads no outcome from a banner, a warning or the name of a connector', async () => {
    machine.tenant.exchange.addConnector('#x#{"step":"done","rows":[],"warnings":[]}');
    machine.pwsh.set({ misbehaviours: ['banner'] });
    const { items, complete } = await machine.connectors.listInbound();
    assert.deepEqual([items.length, complete], [4, true]);
  });

  it('reports a truncated list as incomplete', async () => {
    restrict();
    machine.tenant.faults.add({ service: 'exchange', match: 'Get-BlockedConnector', kind: 'truncate' });
    const { items, complete, reason } = await machine.connectors.listBlocked();
    assert.deepEqual([items, complete], [[], false]);
    assert.match(reason ?? '', /^Get-BlockedConnector: There are more results/);
  });

  const before: readonly (readonly [string, Misbehaviour, string, RegExp])[] = [
    ['that hangs before it connects', 'hang-before-connecting', 'timeout', /before Exchange was called/],
    ['that is killed before it calls', 'end-before-calling', 'unavailable', /before Exchange was called/],
  ];
  for (const [what, misbehaviour, failure, words] of before) {
    it(`reports no effect of a process ${what}`, async () => {
      // Leaves the whole timeout to the process: the token and the name of the organization are kept from now on.
      await machine.client.read('Get-BlockedConnector');
      machine.pwsh.set({ misbehaviours: [misbehaviour] });
      const client = failure === 'timeout' ? machine.clientWithin(2_000) : machine.client;
      const details = await failureOf(remove(restrict(), { client }));
      assert.deepEqual([details.effect, details.failure], ['none', failure]);
      assert.match(details.message, words);
      assert.equal(machine.calls(REMOVE), 0);
    });
  }

  const during: readonly (readonly [string, Misbehaviour | ExchangeMisbehaviour['kind'], string])[] = [
    ['hangs with the call under way', 'act-then-hang', 'timeout'],
    ['hangs and leaves a child with its pipes', 'hang-with-a-child-that-holds-the-pipes', 'timeout'],
    ['is killed after Exchange acted', 'end-after-acting', 'unavailable'],
    ['prints nonsense', 'speak-nonsense', 'unavailable'],
    ['loses the connection after Exchange acted', 'act-then-reset', 'unavailable'],
    ['receives a failure after Exchange acted', 'act-then-fail', 'unavailable'],
  ];
  for (const [what, misbehaviour, failure] of during) {
    it(`reports an unknown effect of a process that ${what}, and calls once`, async () => {
      const connectorId = restrict();
      let { hangs }: { hangs(): Promise<unknown> } = machine.pwsh;
      if (misbehaviour === 'act-then-hang' || misbehaviour === 'act-then-reset' || misbehaviour === 'act-then-fail')
        hangs = machine.tenant.faults.add({ service: 'exchange', match: REMOVE, kind: misbehaviour }).whenHit;
      else machine.pwsh.set({ misbehaviours: [misbehaviour as Misbehaviour] });
      const details =
        failure === 'timeout' ? await failureOfHanging(connectorId, hangs()) : await failureOf(remove(connectorId));
      assert.deepEqual([details.effect, details.failure], ['unknown', failure]);
      assert.ok(machine.calls(REMOVE) <= 1);
    });
  }

  it('names the missing role when the app may not run the cmdlet, and reports no effect', async () => {
    machine.tenant.faults.add({ service: 'exchange', match: REMOVE, kind: 'nul-403' });
    const details = await failureOf(remove(restrict()));
    assert.deepEqual([details.effect, details.failure], ['none', 'forbidden']);
    assert.match(details.message, /lacks the Exchange role for Remove-BlockedConnector.*Security Administrator/);
  });

  it('recognizes a connector that is not restricted, and a throttled call', async () => {
    const missing = await failureOf(remove('159eb7c4-75d7-43e2-95fe-ced44b3e0a56'));
    assert.deepEqual([missing.effect, missing.failure], ['none', 'not_found']);
    machine.tenant.faults.add({ service: 'exchange', match: REMOVE, kind: 'throttle' });
    const throttled = await failureOf(remove(restrict()));
    assert.deepEqual([throttled.effect, throttled.failure], ['none', 'throttled']);
  });

  it('names the permission to grant when it may not connect', async () => {
    machine.tenant.faults.add({ service: 'exchange', match: 'EXOModuleFile', kind: 'answer', status: 401 });
    const details = await failureOf(machine.client.read('Get-BlockedConnector'));
    assert.equal(details.failure, 'unauthorized');
    assert.match(details.message, /Connect-ExchangeOnline failed.*Exchange\.ManageAsApp/);
  });

  it('explains how to install a missing module, and reports no effect', async () => {
    machine.pwsh.set({ module: null });
    const details = await failureOf(remove(restrict()));
    assert.deepEqual([details.effect, details.failure], ['none', 'rejected']);
    assert.match(details.message, /Install-Module ExchangeOnlineManagement/);
  });
});
