import { readConfig } from '../config/config.ts';
import { type Finding, failed } from './finding.ts';
import type { Strings } from './locales/strings.ts';

export type DoctorOptions = {
  readonly strings: Strings;
  readonly sendTestCard: boolean;
  /** Counts the checks that are done. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** Every finding by the settings in the environment; where those are wrong, every problem with them, as nothing else can be looked at. */
export async function runDoctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const read = readConfig();
  if (!read.ok)
    return read.problems.map((problem) => ({ id: 'settings', ...failed(options.strings.settings.problem(problem)) }));
  // Loading what speaks to Microsoft takes seconds; what is wrong with the settings is told at once.
  const { examine } = await import('./examine.ts');
  return examine(read.config, { fetch: globalThis.fetch, clock: Date.now }, options);
}
