import { readConfig } from '../config/config.ts';
import type { DoctorOptions } from './examine.ts';
import { type Finding, failed } from './finding.ts';

/** Every finding by the settings in the environment; where those are wrong, every problem with them, as nothing else can be looked at. */
export async function runDoctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const read = readConfig();
  if (!read.ok)
    return read.problems.map((problem) => ({ id: 'settings', ...failed(options.strings.settings.problem(problem)) }));
  // Loading what speaks to Microsoft takes seconds; what is wrong with the settings is told at once.
  const [{ examine }, { createMicrosoft365: createClients }] = await Promise.all([
    import('./examine.ts'),
    import('../service/microsoft-365.ts'),
  ]);
  return examine(read.config, { fetch: globalThis.fetch, clock: Date.now, createClients }, options);
}
