import { writeFile } from 'node:fs/promises';
import { readConfig } from '../../config/config.ts';
import type { Finding } from '../finding.ts';

/** `exists`: the file exists and was left unchanged. `settings`: the settings are invalid, so there is nothing to probe. */
export type ReportOutcome = 'written' | 'exists' | 'settings';

/** Writes a report into a new file. Rejects when the file cannot be written. */
export async function writeReport(file: string, findings: readonly Finding[]): Promise<ReportOutcome> {
  const read = readConfig();
  if (!read.ok) return 'settings';
  const [{ createReport }, { createMicrosoft365: createClients }] = await Promise.all([
    import('./report.ts'),
    import('../../service/microsoft-365.ts'),
  ]);
  const runtime = { fetch: globalThis.fetch, clock: Date.now, createClients };
  const text = await createReport(read.config, runtime, findings);
  try {
    await writeFile(file, text, { flag: 'wx' });
    return 'written';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'exists';
    throw error;
  }
}
