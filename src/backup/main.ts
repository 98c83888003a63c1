import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from '../command/help.ts';
import { runCommand, UsageError, writeOut } from '../command/run-command.ts';
import { databaseUrl } from '../config/config.ts';
import { copyDatabase } from '../storage/sqlite/copy.ts';
import { sqliteFile } from '../storage/sqlite/database-file.ts';

const HELP: Help = {
  summary: 'Copies the SQLite database into a new file while the service is using it, and checks the copy.',
  usage: ['npm run backup -- <new file> [--json]'],
  options: [['--json', 'Print { file, audit: { seq, hash } } instead of sentences.']],
  examples: ['npm run backup -- /backup/incidents-2026-11-24.sqlite'],
  exitCodes: { 0: 'The copy is complete and sound.', 1: 'There is no copy.', 2: NOT_UNDERSTOOD },
};

// The backup contains names of people, so only its owner may read it.
process.umask(0o077);
process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const config = { args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } } as const;
  const { values, positionals } = parseArgs(config);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('Name one new file.');
  const file = sqliteFile(databaseUrl());
  if (file === null) throw new UsageError('Back PostgreSQL up with pg_dump: docs/backup.md says how.');
  const audit = await copyDatabase(file, target).catch((error: unknown) => {
    throw new Error(`There is no backup: ${error instanceof Error ? error.message : String(error)}`);
  });
  const text = `Backed up to ${target}.\nIts audit trail ends with ${audit.seq}:${audit.hash}; note that elsewhere.\n`;
  await writeOut(values.json ? `${JSON.stringify({ file: target, audit })}\n` : text);
  return 0;
}
