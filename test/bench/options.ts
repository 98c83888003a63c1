import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UsageError } from '../../src/command/run-command.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

export type Options = {
  readonly databases: readonly DatabaseKind[];
  /** The name of the one measurement to make; null for all. */
  readonly only: string | null;
  /** The number of repetitions. */
  readonly rounds: number;
  /** The seed of all randomness. */
  readonly seed: number;
};

const DATABASES = { sqlite: ['sqlite'], postgres: ['postgres'], both: ['sqlite', 'postgres'] } as const;
const ROUNDS = 100;
const QUICK_ROUNDS = 12;

const schema = z.strictObject({
  database: z.enum(['sqlite', 'postgres', 'both']).default('sqlite'),
  only: z.string().optional(),
  rounds: z.coerce.number().int().min(1).max(10_000).optional(),
  seed: z.coerce.number().int().min(0).optional(),
  quick: z.boolean().default(false),
});

/** Parses the command line. Throws a `UsageError`, or the error of `parseArgs`, for unknown arguments. */
export function readOptions(args: readonly string[], fresh: () => number): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string' },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      quick: { type: 'boolean' },
    },
  });
  const read = schema.safeParse(values);
  if (!read.success)
    throw new UsageError(read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  const { database, only = null, quick, rounds = quick ? QUICK_ROUNDS : ROUNDS, seed = fresh() } = read.data;
  return { databases: DATABASES[database], only, rounds, seed };
}

/** Returns a generator of numbers from 0 up to 1 that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
