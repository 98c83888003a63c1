import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { childEnv } from '../run/child-env.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENV_FILE = '--env-file-if-exists=env/.env';
const READS_SETTINGS = ['start', 'doctor', 'audit', 'backup', 'package'];

type Run = { readonly code: number | null; readonly output: string; readonly errors: string };

/** Every script that runs a program of this repository: its options for Node and its file. */
const COMMANDS = Object.entries(manifest.scripts).flatMap(([name, line]) => {
  const [node, ...words] = line.split(' ');
  const file = words.find((word) => word.endsWith('.ts'));
  return node === 'node' && file !== undefined ? [{ name, flags: words.slice(0, words.indexOf(file)), file }] : [];
});

function run(
  file: string,
  args: readonly string[],
  options: { flags?: readonly string[]; cwd?: string; env?: object } = {},
) {
  const { flags = [], cwd = ROOT, env = {} } = options;
  const child = spawn(process.execPath, [...flags, join(ROOT, file), ...args], {
    cwd,
    env: { ...childEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (texts.output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (texts.errors += text));
  return new Promise<Run>((resolve) => child.once('close', (code) => resolve({ code, ...texts })));
}

describe('every command', () => {
  for (const { name, file } of COMMANDS) {
    it(`has help: ${name} --help prints usage, examples and exit codes, and exits 0`, async () => {
      const { code, output, errors } = await run(file, ['--help']);
      assert.equal(code, 0, errors);
      assert.equal(errors, '');
      assert.match(output, new RegExp(`^ {2}npm (run )?${name}`, 'm'));
      for (const heading of ['Usage:', 'Options:', 'Examples:', 'Exit codes:'])
        assert.ok(output.includes(heading), output);
      for (const exit of [0, 1, 2]) assert.match(output, new RegExp(`^ {2}${exit} {2}\\S`, 'm'));
      assert.ok(!output.includes('\u001b'));
    });

    it(`refuses an unknown option: ${name} --no-such-option exits 2 with usage and without a stack`, async () => {
      const { code, output, errors } = await run(file, ['--no-such-option']);
      assert.equal(code, 2, output + errors);
      assert.match(errors, /--no-such-option/);
      assert.match(errors, new RegExp(`npm (run )?${name} -- --help`));
      assert.doesNotMatch(errors, /^ {4}at |ZodError|"code":/m);
      assert.equal(output, '');
    });
  }

  it('is one of at least eight', () => assert.ok(COMMANDS.length >= 8));
});

describe('the settings file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    await mkdir(join(folder, 'env'));
    await writeFile(
      join(folder, 'env/.env'),
      'PORT=from-the-file\nDATABASE_URL=from-the-file\nCLIENT_ID=from-the-file\n',
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  const flagsOf = (name: string) => COMMANDS.find((command) => command.name === name) ?? { flags: [''], file: '' };

  it('is read by every command that needs settings', async () => {
    for (const name of READS_SETTINGS) assert.ok(flagsOf(name).flags.includes(ENV_FILE), name);
    const { flags, file } = flagsOf('start');
    const { code, errors } = await run(file, [], { flags, cwd: folder });
    assert.equal(code, 1);
    assert.match(errors, /PORT is not valid/);
    assert.match(errors, /CLIENT_ID is not valid/);
  });

  it('is overridden by the environment', async () => {
    const { flags, file } = flagsOf('start');
    const { errors } = await run(file, [], { flags, cwd: folder, env: { PORT: '3978' } });
    assert.doesNotMatch(errors, /PORT/);
    assert.match(errors, /DATABASE_URL is not valid/);
  });

  it('may be missing', async () => {
    await rm(join(folder, 'env'), { recursive: true });
    const { flags, file } = flagsOf('start');
    const { code, errors } = await run(file, [], { flags, cwd: folder });
    assert.equal(code, 1);
    assert.match(errors, /CLIENT_ID is missing/);
  });

  it('is never committed', () => {
    const ignored = (path: string) => spawnSync('git', ['check-ignore', '-q', path], { cwd: ROOT }).status === 0;
    assert.ok(ignored('env/.env'));
    assert.ok(ignored('env/.env.production'));
    assert.ok(!ignored('env/.env.example'));
  });

  it('reports a database address that is not one in a sentence, without its value', async () => {
    const { flags, file } = flagsOf('audit');
    const { code, errors } = await run(file, ['verify'], { flags, cwd: folder });
    assert.equal(code, 1);
    assert.match(errors, /^DATABASE_URL is not valid: use file: and the path/);
    assert.doesNotMatch(errors, /from-the-file|ZodError|\[\s*\{/);
  });
});

describe('audit verify --json', () => {
  it('prints JSON, whether the trail is intact or not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    const { openDatabase } = await import('../../src/storage/database.ts');
    const env = { DATABASE_URL: `file:${join(folder, 'incidents.sqlite')}` };
    await (await openDatabase(env.DATABASE_URL)).close();
    const schema = z.strictObject({
      intact: z.boolean(),
      entries: z.number().nullable(),
      head: z.object({ seq: z.number(), hash: z.string() }).nullable(),
      accepted: z.null(),
      problems: z.array(z.string()),
    });
    const intact = await run('src/audit/main.ts', ['verify', '--json'], { env });
    assert.equal(intact.code, 0, intact.errors);
    assert.equal(schema.parse(JSON.parse(intact.output)).entries, 0);
    const anchored = ['verify', '--json', '--anchor', `7:${'ab'.repeat(32)}`];
    const broken = await run('src/audit/main.ts', anchored, { env });
    assert.equal(broken.code, 1);
    assert.equal(broken.errors, '');
    assert.match(schema.parse(JSON.parse(broken.output)).problems.join(' '), /BROKEN at entry 1/);
    await rm(folder, { recursive: true });
  });
});
