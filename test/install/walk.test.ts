import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChild } from '../demo/child.ts';
import { freePort } from '../network/free-port.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { APPLICATION, emptyAzure } from './azure.ts';
import { type AzureCli, startAzureCli } from './azure-cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHIPPED = ['package.json', 'adaptive-cards', 'src', 'install', 'env', 'teamsapp'];
const WITHOUT_IDENTITY = 'An application instead of the managed identity';
const PRINCIPAL = '6b2f0d11-4c5d-0e6f-1a2b-3c4d5e6f7a8b';

type Step = { readonly title: string; readonly commands: string };

/** The steps of the page, each with what its blocks of shell commands say. */
async function stepsOf(page: string): Promise<readonly Step[]> {
  const sections = (await readFile(join(ROOT, page), 'utf8')).split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const title = section.split('\n')[0] ?? '';
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
    return blocks.length === 0 ? [] : [{ title, commands: blocks.join('') }];
  });
}

/** The application permissions in the page's table of them, by the words that select them; `basic` without any. */
async function documentedRoles(page: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = (await readFile(join(ROOT, page), 'utf8')).matchAll(
    /^\| `(basic|roles|evidence|feed|powershell)` \| ([^|]+) \|/gm,
  );
  return new Map(
    [...rows].map(([, name = '', roles = '']) => [
      name,
      [...roles.matchAll(/`([\w.]+)`/g)].map(([, role = '']) => role),
    ]),
  );
}

describe('a walk through the page about installing, with stand-ins for az and pwsh and a simulated tenant', () => {
  let folder: string;
  let env: Readonly<Record<string, string | undefined>>;
  let tenant: Tenant;
  let azure: AzureCli;
  let service: ChildProcess | null = null;
  let port: number;
  const page = 'docs/install.md';
  const minutes = new Map<string, number>();

  before(async () => {
    tenant = await startTenant();
    tenant.teams.team.addToRoster(tenant.people.absent);
    port = await freePort();
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER, CLIENT_ID = '', TENANT_ID = '' } = tenant.env;
    azure = await startAzureCli({ clientId: CLIENT_ID, tenantId: TENANT_ID, principalId: PRINCIPAL });
    folder = azure.folder;
    for (const path of SHIPPED) await cp(join(ROOT, path), join(folder, path), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'pwsh'), `#!/bin/sh\nprintf '%s\\n' "$*" >> "${join(folder, 'pwsh-calls')}"\n`);
    await chmod(join(folder, 'pwsh'), 0o755);
    env = { ...azure.env, IDENTITY_ENDPOINT, IDENTITY_HEADER };
  });
  after(async () => {
    if (service !== null) await endChild(service);
    await tenant.stop();
    await azure.stop();
  });

  /** The commands of one step in one shell; `npm start` stays running. */
  async function carryOut({ title, commands }: Step): Promise<void> {
    const begun = performance.now();
    const script = `set -e\n. ./variables\n${commands.replace(/^npm start$/m, '')}`;
    const child = spawn('bash', ['-c', script], { cwd: folder, env: { ...env } });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    const [code] = await once(child, 'close');
    assert.equal(code, 0, `${title}: ${output}`);
    // The next step has a shell of its own.
    for (const [assignment] of commands.matchAll(/^[A-Z_]+=\S.*\)$/gm))
      await appendFile(join(folder, 'variables'), `${assignment}\n`);
    minutes.set(title, (performance.now() - begun) / 60_000);
  }

  async function start(): Promise<void> {
    const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const [, ...args] = scripts.start.split(' ');
    service = spawn(process.execPath, args, { cwd: folder, env: { ...env }, stdio: 'ignore' });
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok;
    await until(isReady, { what: 'the service is ready', timeoutMs: 120_000 });
  }

  const callsOfExchange = async () =>
    (await readFile(join(folder, 'pwsh-calls'), 'utf8')).split('\n').filter((call) => call.startsWith('-File'));

  it('carries out every command, grants exactly what the page says, and leaves nothing after the undo', async () => {
    const steps = await stepsOf(page);
    const [variables, ...others] = steps.filter(({ title }) => title !== WITHOUT_IDENTITY);
    assert.ok(variables !== undefined && others.length >= 6, steps.map(({ title }) => title).join());
    await writeFile(join(folder, 'variables'), variables.commands);
    const undo = others.at(-1) ?? assert.fail('no undo');
    assert.match(undo.title, /Undo/);

    for (const step of others.slice(0, -1)) {
      await carryOut(step);
      // What a person does by hand.
      if (step.commands.includes('env/.env'))
        await appendFile(join(folder, 'env/.env'), settings(tenant, port, folder));
      if (/^npm start$/m.test(step.commands)) await start();
    }

    const documented = await documentedRoles(page);
    const granted = azure.state().assignments.map(({ appRoleId }) => appRoleId.split('/')[1]);
    const chosen = /--with ([\w,]+)/.exec(others.map(({ commands }) => commands).join())?.[1]?.split(',') ?? [];
    assert.deepEqual(granted.toSorted(), ['basic', ...chosen].flatMap((name) => documented.get(name) ?? []).toSorted());
    const bot = azure.calls.find(([a, b]) => a === 'bot' && b === 'create') ?? [];
    assert.ok(bot.includes('UserAssignedMSI'));
    assert.ok(azure.state().machine);

    const exchange = await callsOfExchange();
    assert.match(exchange[0] ?? '', /exchange\.ps1 -ClientId .* -WhatIf$/);
    assert.doesNotMatch(exchange[1] ?? '', /-WhatIf/);
    const script = await readFile(join(ROOT, 'install/permissions/exchange.ps1'), 'utf8');
    for (const [, name] of exchange.join(' ').matchAll(/ -(\w+)/g))
      assert.ok(['File', 'WhatIf'].includes(name ?? '') || new RegExp(`\\] \\$${name}\\b`).test(script), `-${name}`);
    assert.ok(exchange.every((call) => call.includes(tenant.env.CLIENT_ID ?? '?') && call.includes(PRINCIPAL)));

    await carryOut(undo);
    assert.deepEqual(azure.state(), emptyAzure());
    assert.match((await callsOfExchange()).at(-1) ?? '', /-Undo$/);
    const total = [...minutes.values()].reduce((sum, each) => sum + each, 0);
    assert.ok(total < 60, `the commands alone took ${total} minutes`);
  }).timeout(300_000);

  it('replaces the managed identity by an application, which a bot cannot change to', async () => {
    const steps = await stepsOf(page);
    const [variables] = steps;
    const replace = steps.find(({ title }) => title === WITHOUT_IDENTITY);
    assert.ok(variables !== undefined && replace !== undefined);
    azure.empty();
    await writeFile(join(folder, 'variables'), variables.commands);
    await writeFile(join(folder, 'pwsh-calls'), '');
    await carryOut(steps.find(({ title }) => title.startsWith('1.')) ?? assert.fail('no step 1'));
    assert.equal(azure.state().bot, 'UserAssignedMSI');
    await carryOut(replace);
    assert.equal(azure.state().bot, 'SingleTenant');
    assert.ok(azure.state().teams);
    const created = azure.calls.filter(([a, b]) => a === 'bot' && b === 'create').at(-1) ?? [];
    assert.ok(created.includes(APPLICATION) && !created.includes('--msi-resource-id'), created.join(' '));
    const ids = `-ClientId ${APPLICATION} -ObjectId application-principal-1`;
    assert.ok((await callsOfExchange()).join().endsWith(`${ids} -AuditLog`));
  }).timeout(60_000);
});

function settings(tenant: Tenant, port: number, folder: string): string {
  const { IDENTITY_ENDPOINT: _endpoint, IDENTITY_HEADER: _header, ...given } = tenant.env;
  const own = { HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: `file:${join(folder, 'incidents.sqlite')}` };
  return Object.entries({ ...given, ...own })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
