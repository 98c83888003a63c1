import type fc from 'fast-check';

type Settings = Pick<fc.Parameters<unknown>, 'numRuns' | 'seed' | 'path' | 'endOnFailure'>;

/**
 * Settings for running the properties. A failure prints its seed and path; replay it with `SEED=… COUNTEREXAMPLE=… npx mocha
 * <file> -g <title>`. `RUNS=100000 npx mocha --timeout 0 <file>` searches longer than each property's default number of runs.
 */
export function settings(runs: number): Settings {
  const { SEED, COUNTEREXAMPLE, RUNS } = process.env;
  return {
    numRuns: RUNS === undefined ? runs : Number(RUNS),
    ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    ...(COUNTEREXAMPLE === undefined ? {} : { path: COUNTEREXAMPLE, endOnFailure: true }),
  };
}
