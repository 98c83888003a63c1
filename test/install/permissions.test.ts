import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { emptyAzure } from './azure.ts';
import { type AzureCli, startAzureCli } from './azure-cli.ts';
import { runPermissions } from './permissions-run.ts';
import { syntaxErrors } from './syntax-errors.ts';

const EXCHANGE_SCRIPT = new URL('../../install/permissions/exchange.ps1', import.meta.url);
const GROUP = ['--group', 'guard', '--name', 'connector-guard'];
const ENDPOINT = ['--endpoint', 'https://guard.example/api/messages'];
const BASIC = ['SecurityAlert.ReadWrite.All', 'User.Read.All', 'GroupMember.Read.All', 'Exchange.ManageAsApp'];
const CHANGES = /^(identity|bot|bot msteams|ad sp) (create|delete)|^rest --method (post|delete)/;

describe('the script for permissions, against a stand-in for Azure CLI', () => {
  let azure: AzureCli;
  beforeEach(async () => {
    azure = await startAzureCli();
  });
  afterEach(() => azure.stop());

  const run = (...args: readonly string[]) => runPermissions(azure, args, { WAIT_SECONDS: '0' });
  const granted = () => azure.state().assignments.map(({ appRoleId }) => appRoleId.split('/')[1]);
  const changes = () => azure.calls.map((args) => args.join(' ')).filter((call) => CHANGES.test(call));

  it('previews every change and makes none', async () => {
    const { status, stdout, stderr } = await run('apply', ...GROUP, ...ENDPOINT, '--with', 'feed', '--what-if');
    assert.equal(status, 0, stderr);
    for (const role of [...BASIC, 'ActivityFeed.Read']) assert.ok(stdout.includes(`would: grant ${role}`), stdout);
    assert.match(stdout, /would: create the managed identity connector-guard/);
    assert.deepEqual(changes(), []);
  });

  it('creates the identity and a bot without a secret, and grants exactly the documented roles', async () => {
    const { status, stdout, stderr } = await run('apply', ...GROUP, ...ENDPOINT);
    assert.equal(status, 0, stderr);
    assert.deepEqual(granted(), BASIC);
    assert.match(
      stdout,
      /CLIENT_ID=clientId-1\nTENANT_ID=tenant-1\n# Next.*-ClientId clientId-1 -ObjectId principalId-1 -AuditLog -WhatIf\n/,
    );
    const bot = changes().find((call) => call.startsWith('bot create')) ?? '';
    assert.match(bot, /--app-type UserAssignedMSI --appid clientId-1 --tenant-id tenant-1 --msi-resource-id id-1/);
    assert.doesNotMatch(bot, /password|secret/i);
  });

  it('grants more only for the features that were chosen', async () => {
    assert.equal((await run('apply', ...GROUP, ...ENDPOINT, '--with', 'roles,evidence,feed')).status, 0);
    assert.deepEqual(granted(), [
      ...BASIC,
      ...['RoleAssignmentSchedule.Read.Directory', 'RoleManagement.Read.Directory', 'ThreatHunting.Read.All'],
      ...['ExchangeMessageTrace.Read.All', 'IdentityRiskyUser.Read.All', 'ActivityFeed.Read'],
    ]);
  });

  it('waits until Graph has the new identity, and reports when it still has not', async () => {
    azure.empty(3);
    assert.equal((await run('apply', ...GROUP, ...ENDPOINT)).status, 0);
    assert.deepEqual(granted(), BASIC);
    azure.empty(99);
    const { status, stderr } = await run('apply', ...GROUP, ...ENDPOINT);
    assert.equal(status, 1);
    assert.match(stderr, /does not know the identity principalId-1 yet: run the same command again/);
    assert.deepEqual(granted(), []);
  });

  it('registers Microsoft’s application for message trace with the permission for it, and only then', async () => {
    const registered = () => changes().filter((call) => call.startsWith('ad sp create'));
    await run('apply', ...GROUP, ...ENDPOINT);
    assert.deepEqual(registered(), []);
    assert.match(
      (await run('apply', ...GROUP, ...ENDPOINT, '--with', 'evidence', '--what-if')).stdout,
      /would: register/,
    );
    assert.deepEqual(registered(), []);
    await run('apply', ...GROUP, ...ENDPOINT, '--with', 'evidence');
    assert.deepEqual(registered(), ['ad sp create --id 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373']);
  });

  it('changes nothing the second time', async () => {
    await run('apply', ...GROUP, ...ENDPOINT, '--with', 'evidence');
    const before = changes();
    const { status, stdout } = await run('apply', ...GROUP, ...ENDPOINT, '--with', 'evidence');
    assert.equal(status, 0);
    assert.doesNotMatch(stdout, /create|grant|register/);
    assert.deepEqual(changes(), before);
  });

  it('undoes everything, and is done when there is nothing left', async () => {
    await run('apply', ...GROUP, ...ENDPOINT, '--with', 'roles,evidence,feed');
    assert.equal((await run('undo', ...GROUP)).status, 0);
    assert.deepEqual(azure.state(), { ...emptyAzure(), messageTrace: true });
    const before = changes();
    assert.equal((await run('undo', ...GROUP)).status, 0);
    assert.deepEqual(changes(), before);
  });

  it('refuses what it does not understand, and changes nothing', async () => {
    for (const args of [
      [],
      ['grant'],
      ['apply', ...GROUP],
      ['apply', '--bogus'],
      ['apply', ...GROUP, ...ENDPOINT, '--with', 'mail'],
    ]) {
      const { status, stderr } = await run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.notEqual(stderr, '');
    }
    assert.equal((await run('--help')).status, 0);
  });
});

describe("Exchange's part, a script for PowerShell that was never executed", () => {
  let script: string;
  before(async () => {
    script = await readFile(EXCHANGE_SCRIPT, 'utf8');
  });

  it('parses as PowerShell', async () => {
    assert.deepEqual((await syntaxErrors('powershell'))(script), []);
  });

  it('defines only names of its own, and sets neither strict mode nor -WhatIf for modules, which would inherit them', () => {
    const functions = [...script.matchAll(/^function ([\w-]+)/gm)].map(([, name]) => name);
    assert.deepEqual(functions, ['Remove-Everything', 'New-LeastRole', 'Add-ToOwnGroup', 'Set-OwnGroup']);
    assert.doesNotMatch(script, /Set-StrictMode/);
    assert.ok(script.indexOf('$WhatIfPreference = $false') < script.indexOf('Connect-ExchangeOnline -'));
  });

  it('has a preview, an undo, and a role for every cmdlet the service runs', () => {
    assert.match(script, /SupportsShouldProcess/);
    assert.match(script, /\[switch\] \$Undo/);
    for (const cmdlet of [
      'Get-BlockedConnector',
      'Remove-BlockedConnector',
      'Get-InboundConnector',
      'Get-AdminAuditLogConfig',
    ])
      assert.ok(script.includes(`'${cmdlet}'`), cmdlet);
  });

  it('adds nobody to a role group of Exchange, because Exchange manages Security Administrator in Entra', () => {
    assert.doesNotMatch(script, /UseBuiltInRoles|Security Administrator|View-Only Organization Management/);
  });

  it('changes nothing that the preview does not announce', () => {
    const changing = /^(.*?)\b(New|Remove|Add|Set)-(RoleGroup|RoleGroupMember|ServicePrincipal|ManagementRole\w*) -/;
    const lines = script.slice(script.indexOf('$ErrorActionPreference')).split('\n');
    const changes = lines.flatMap((line, at) => (changing.test(line) ? [lines.slice(at - 1, at + 1).join()] : []));
    assert.equal(changes.length, 9, changes.join('\n'));
    for (const change of changes) assert.match(change, /ShouldProcess\(/);
  });
});
