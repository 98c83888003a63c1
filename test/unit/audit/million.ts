import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chained, readAuditHead } from '../../../src/storage/audit.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { appliedEntry } from '../../../src/workflow/audit-entry.ts';
import { startPostgres } from '../../databases/postgres-server.ts';
import { AOI, approve, BEN, confirm, play, restricted, T0 } from '../incident/history.ts';

/** Measures how long a trail of this many real entries takes to verify: `node test/unit/audit/million.ts [entries] [postgres]`. */
const MAIN = fileURLToPath(new URL('../../../src/audit/main.ts', import.meta.url));
const BATCH = 2_000;

const entries = Number(process.argv[2] ?? 1_000_000);
if (process.argv.includes('postgres')) {
  const server = await startPostgres();
  await measure(await server.createDatabase()).finally(() => server.stop());
} else {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await measure(`file:${join(folder, 'incidents.sqlite')}`).finally(() => rm(folder, { recursive: true }));
}

async function measure(url: string): Promise<void> {
  const database = await openDatabase(url);
  const began = performance.now();
  for (let written = 0; written < entries; written += BATCH) {
    await database.db.transaction().execute(async (trx) => {
      let head = await readAuditHead(trx);
      const rows = Array.from({ length: Math.min(BATCH, entries - written) }, (_, index) => {
        const row = chained(entry(written + index), head);
        head = { seq: row.seq, hash: row.hash };
        return row;
      });
      for (let at = 0; at < rows.length; at += 500)
        await trx
          .insertInto('audit')
          .values(rows.slice(at, at + 500))
          .execute();
      await trx.updateTable('audit_head').set(head).execute();
    });
  }
  await database.close();
  say(`${entries} entries written in ${seconds(began)} s`);
  for (const words of [['verify'], ['export', '--format', 'csv']]) {
    const start = performance.now();
    const options = {
      env: { PATH: process.env.PATH, DATABASE_URL: url },
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

/** The two clicks of an approval in turn, as large as they are in use. */
function entry(number: number) {
  const waiting = play(restricted(), approve(AOI, T0 + 1, randomUUID()));
  const at = T0 + number * 1_000;
  if (number % 2 === 0)
    return appliedEntry(restricted(), waiting, approve(AOI, T0 + 1, waiting.approval?.id ?? ''), at);
  const event = confirm(BEN, T0 + 2, waiting.approval?.id ?? '');
  return appliedEntry(waiting, play(waiting, event), event, at);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
