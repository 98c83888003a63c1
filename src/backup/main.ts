import { databaseUrl } from '../config/config.ts';
import { copyDatabase } from '../storage/copy.ts';

const USAGE = 'npm run backup -- <new file>';

// What is backed up names people, so it is for its owner alone.
process.umask(0o077);
process.exitCode = await run(process.argv.slice(2));

/** 0: done. 1: it could not be done. 2: not understood. */
async function run([target, ...more]: readonly string[]): Promise<number> {
  if (target === undefined || target.startsWith('-') || more.length > 0) return complain(USAGE, 2);
  try {
    const url = databaseUrl();
    if (!url.startsWith('file:')) return complain('Back PostgreSQL up with pg_dump: docs/backup.md says how.', 2);
    const { seq, hash } = await copyDatabase(url.slice('file:'.length), target);
    process.stdout.write(`Backed up to ${target}.\nIts audit trail ends with ${seq}:${hash}; note that elsewhere.\n`);
    return 0;
  } catch (error) {
    return complain(`There is no backup: ${error instanceof Error ? error.message : String(error)}`, 1);
  }
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}
