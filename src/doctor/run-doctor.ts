import { readConfig } from '../config/config.ts';
import type { DoctorOptions } from './examine.ts';
import { type Finding, failed } from './finding.ts';

/** Runs every check with the settings in the environment. If those are invalid, returns every problem with them and runs nothing else. */
export async function runDoctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const read = readConfig();
  if (!read.ok)
    return read.problems.map((problem) => ({ id: 'settings', ...failed(options.strings.settings.problem(problem)) }));
  // Loaded only here: the clients take seconds to load, and invalid settings should be reported at once.
  const [{ examine }, { createMicrosoft365: createClients }] = await Promise.all([
    import('./examine.ts'),
    import('../service/microsoft-365.ts'),
  ]);
  return examine(read.config, { fetch: globalThis.fetch, clock: Date.now, createClients }, options);
}
