import { writeFile } from 'node:fs/promises';
import { readConfig } from '../../config/config.ts';
import type { Finding } from '../finding.ts';

/** `exists`: there is such a file, which is left as it is. `settings`: without settings that can be read nobody can be asked. */
export type ReportOutcome = 'written' | 'exists' | 'settings';

/** Writes a report into a new file. Rejects when the file cannot be written. */
export async function writeReport(file: string, findings: readonly Finding[]): Promise<ReportOutcome> {
  const read = readConfig();
  if (!read.ok) return 'settings';
  const { createReport } = await import('./report.ts');
  const text = await createReport(read.config, { fetch: globalThis.fetch, clock: Date.now }, findings);
  try {
    await writeFile(file, text, { flag: 'wx' });
    return 'written';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'exists';
    throw error;
  }
}
