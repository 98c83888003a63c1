import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CHECK_IDS } from '../../src/doctor/finding.ts';
import { columns } from '../../src/doctor/wrap.ts';
import { freePort } from '../network/free-port.ts';
import { childEnv } from '../run/child-env.ts';
import { until } from '../tenant/until.ts';
import { type Settings, startWellTenant, type WellTenant } from './doctor/well-tenant.ts';
import { startWorld, type World } from './start-service.ts';

const MAIN = fileURLToPath(new URL('../../src/doctor/main.ts', import.meta.url));
const SECRET = 'never-to-be-printed-nor-logged-anywhere';

const outputSchema = z.strictObject({
  ok: z.boolean(),
  findings: z.array(
    z.strictObject({
      id: z.enum(CHECK_IDS),
      status: z.enum(['ok', 'warning', 'failed', 'skipped']),
      says: z.string().min(1),
      todo: z.string().min(1).nullable(),
      command: z.string().min(1).optional(),
    }),
  ),
});

type Run = { readonly code: number | null; readonly output: string; readonly errors: string };

async function doctor(settings: Settings, ...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...childEnv(), ...settings } });
  const texts = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (texts.output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (texts.errors += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...texts };
}

const inJson = ({ output }: Run) => outputSchema.parse(JSON.parse(output));

describe('npm run doctor', () => {
  let well: WellTenant;
  beforeEach(async () => {
    well = await startWellTenant();
  });
  afterEach(() => well.stop());

  it('prints a table without colours into a pipe, changes nothing, and exits 0 when all is well', async () => {
    const run = await doctor(well.settings);
    assert.equal(run.code, 0, run.output + run.errors);
    assert.match(run.output, /Everything is in order\.\n$/);
    assert.equal(run.errors, '');
    assert.doesNotMatch(run.output.replaceAll('\n', ''), /\p{Cc}/u);
    assert.ok(run.output.split('\n').every((line) => columns(line) <= 100));
    const requests = well.tenant.record.filter(({ service }) => service !== 'identity');
    const changes = requests.filter(
      ({ method, operation }) => method !== 'GET' && !/^(Get|Search)-|\/checkMemberGroups$/.test(operation),
    );
    assert.ok(requests.length > 10);
    assert.deepEqual(changes, []);
  });

  it('writes a report into a new file, and never overwrites one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-guard-report-'));
    const file = join(folder, 'report.md');
    const run = await doctor(well.settings, '--report', file);
    assert.equal(run.code, 0, run.output + run.errors);
    assert.match(run.errors, /The report is in .*report\.md\. Read it before you send it\./);
    const text = await readFile(file, 'utf8');
    assert.match(text, /^# Connector Guard: report from a tenant/);
    const again = await doctor(well.settings, '--report', file);
    assert.equal(again.code, 1);
    assert.match(again.errors, /exists and was not changed/);
    assert.equal(await readFile(file, 'utf8'), text);
    await rm(folder, { recursive: true });
  });

  it('names every problem of the settings at once, in the table and as JSON, and exits 1', async () => {
    const broken = { ...well.settings, CLIENT_ID: undefined, PORT: 'x', PUBLIC_URL: 'https://guard.example' };
    const run = await doctor(broken);
    assert.equal(run.code, 1);
    for (const name of ['CLIENT_ID', 'PORT', 'NOTIFICATION_SECRET'])
      assert.match(run.output, new RegExp(`FAILED +Settings +.*${name}`));
    const { ok, findings } = inJson(await doctor(broken, '--json'));
    assert.equal(ok, false);
    assert.deepEqual(
      findings.map(({ id, status }) => `${id} ${status}`),
      ['settings failed', 'settings failed', 'settings failed'],
    );
  });

  it('prints in Japanese when LOCALE or the option selects it', async () => {
    assert.match(
      (await doctor({ LOCALE: 'ja-JP' })).output,
      /異常 +設定 +CLIENT_ID [^→]*→ .*環境変数を修正してください/,
    );
    assert.match((await doctor({}, '--locale', 'ja-JP')).output, /このままではサービスは正常に動作しません/);
  });

  it('prints every check as JSON in a fixed order and no secret, and exits 1 when the main task is impossible', async () => {
    const secrets = {
      DATABASE_URL: `postgres://guard:${SECRET}@127.0.0.1:9/guard`,
      NOTIFICATION_SECRET: SECRET,
      PUBLIC_URL: well.publicUrl,
    };
    const run = await doctor({ ...well.settings, ...secrets }, '--json');
    const { ok, findings } = inJson(run);
    assert.equal(run.code, 1);
    assert.equal(ok, false);
    assert.deepEqual(
      findings.map(({ id }) => id),
      CHECK_IDS.filter((id) => id !== 'test_card'),
    );
    assert.equal(findings.find(({ id }) => id === 'database')?.status, 'failed');
    assert.doesNotMatch(run.output + run.errors, new RegExp(`${SECRET}|eyJ`));
  });

  it('posts one test card on request, which is marked as one and has no buttons', async () => {
    const { code, output } = await doctor(
      { ...well.settings, LOCALE: 'ja-JP' },
      '--send-test-card',
      '--locale',
      'en-US',
    );
    assert.equal(code, 0, output);
    assert.match(output, /Test card +A test card was posted/);
    const { teams } = well.tenant;
    const [posted, ...more] = teams.cards(teams.team.adminChannel.id);
    assert.deepEqual(more, []);
    const card = JSON.stringify(posted?.card);
    assert.match(card, /これはテストです/);
    assert.doesNotMatch(card, /Action\.|"actions"|"refresh"|"id":"state"/);
  });

  it('names what it could not parse, and exits 2', async () => {
    for (const strings of [['--jsn'], ['--locale', 'fr-FR'], ['now']]) {
      const run = await doctor(well.settings, ...strings);
      assert.equal(run.code, 2);
      assert.match(run.errors, /npm run doctor -- \[--json\]/);
      assert.equal(run.output, '');
    }
  });
});

describe('npm run doctor beside a running service', () => {
  let world: World;
  let well: WellTenant;
  before(async () => {
    well = await startWellTenant();
    const port = String(await freePort());
    const push = { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, NOTIFICATION_SECRET: SECRET };
    const { DATABASE_URL = '' } = well.settings;
    settings = { ...push, DATABASE_URL };
    world = await startWorld(settings, {}, ({ defender }) => Object.assign(defender.subscriptions, { granted: true }));
  });
  after(async () => {
    await world.stop();
    await well.stop();
  });
  let settings: Readonly<Record<string, string>>;

  it('reads its database, calls it as Graph does, and exits 0 with warnings', async () => {
    await until(() => world.log.some(({ event }) => event === 'subscription_active'), { what: 'a subscription' });
    const run = await doctor({ ...world.tenant.env, ...settings }, '--json');
    const { ok, findings } = inJson(run);
    const of = (wanted: string) => findings.find(({ id }) => id === wanted);
    assert.equal(run.code, 0, run.output);
    assert.equal(ok, true);
    for (const id of ['database', 'reading', 'public_url', 'subscription', 'channel'])
      assert.equal(of(id)?.status, 'ok', JSON.stringify(of(id)));
    assert.match(of('subscription')?.says ?? '', /for 7[12] more hours/);
    assert.equal(of('approvers_in_channel')?.status, 'warning');
  });
});
