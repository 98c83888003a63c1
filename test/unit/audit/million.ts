import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../databases/postgres-server.ts';
import { childEnv } from '../../run/child-env.ts';
import { fillTrail } from './fill-trail.ts';

/** Measures how long a trail of this many real entries takes to verify: `node test/unit/audit/million.ts [entries] [postgres]`. */
const MAIN = fileURLToPath(new URL('../../../src/audit/main.ts', import.meta.url));

const entries = Number(process.argv[2] ?? 1_000_000);
if (process.argv.includes('postgres')) {
  const server = await startPostgres();
  await measure(await server.createDatabase()).finally(() => server.stop());
} else {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await measure(`file:${join(folder, 'incidents.sqlite')}`).finally(() => rm(folder, { recursive: true }));
}

async function measure(url: string): Promise<void> {
  const began = performance.now();
  await fillTrail(url, entries);
  say(`${entries} entries written in ${seconds(began)} s`);
  for (const words of [['verify'], ['export', '--format', 'csv']]) {
    const start = performance.now();
    const options = {
      env: { ...childEnv(), DATABASE_URL: url },
      maxBuffer: 2 ** 32,
      encoding: 'buffer',
    } as const;
    const { status, stdout, stderr } = spawnSync(
      '/usr/bin/env',
      ['time', '-f', '%U s user, %S s system, %M KB', process.execPath, MAIN, ...words],
      options,
    );
    say(`${words.join(' ')}: ${seconds(start)} s, exit ${status}, ${stdout.length} bytes, ${stderr.toString().trim()}`);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
