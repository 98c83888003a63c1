import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { UsageError } from '../../src/command/run-command.ts';
import { TROUBLES } from './plan.ts';

export const HELP: Help = {
  summary:
    "Kills the service, feeds it false answers and takes its database away, then checks the tenant's record of every call.",
  usage: [
    'npm run torture -- [--kills N] [--minutes M] [--seed S] [--database sqlite|postgres] [--replicas 1|3]',
    '                   [--trouble <names>] [--parallel N] [--keep]',
    'npm run torture -- --trial <seed> …',
    'npm run torture -- --marathon [--seed S]',
  ],
  options: [
    ['--kills N', 'Stop after N kills; 1000 by default.'],
    ['--minutes M', 'Stop after M minutes; no limit by default.'],
    ['--seed S', 'The seed of everything random; printed at the start.'],
    ['--database', 'sqlite or postgres; each trial draws one by default.'],
    ['--replicas', '1 or 3 services on one database; each trial draws one by default.'],
    ['--trouble <names>', `Inject only these faults, separated by commas: ${TROUBLES.join(', ')}.`],
    ['--parallel N', 'Run N trials at a time; 4 by default.'],
    ['--keep', 'Keep the evidence of every trial in test-output, not only of failed ones.'],
    ['--trial <seed>', 'Repeat one trial.'],
    ['--marathon', '200 restrictions over three replicas, one of them killed every 3 s.'],
  ],
  examples: [
    'npm run torture -- --kills 20 --database sqlite',
    'npm run torture -- --trial 5f3a-12 --database postgres',
  ],
  exitCodes: {
    0: 'Every invariant held.',
    1: 'An invariant was violated, or a trial could not run.',
    2: NOT_UNDERSTOOD,
  },
};

const optionsSchema = z.object({
  kills: z.coerce.number().int().positive().default(1_000),
  minutes: z.coerce.number().positive().default(Number.POSITIVE_INFINITY),
  seed: z.string().min(1).optional(),
  trial: z.string().min(1).optional(),
  database: z.enum(['sqlite', 'postgres']).optional(),
  replicas: z.coerce
    .number()
    .pipe(z.union([z.literal(1), z.literal(3)]))
    .optional(),
  trouble: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(TROUBLES)))
    .optional(),
  parallel: z.coerce.number().int().positive().default(4),
  keep: z.boolean().default(false),
  marathon: z.boolean().default(false),
});

export type Options = z.infer<typeof optionsSchema>;

/** Reads the arguments of `npm run torture --`; throws `UsageError`, or what `parseArgs` throws. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ kills: text, minutes: text, seed: text, trial: text, database: text, replicas: text },
      ...{ trouble: text, parallel: text },
      keep: { type: 'boolean' },
      marathon: { type: 'boolean' },
    },
  });
  const read = optionsSchema.safeParse(values);
  if (read.success) return read.data;
  throw new UsageError(read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
}
