import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { UsageError } from '../../src/command/run-command.ts';
import { TIERS } from './mutant.ts';

export const HELP: Help = {
  summary: 'Breaks one rule of the service after another in a copy, and checks that a test fails.',
  usage: ['npm run mutants -- [--tier <names>] [--only <text>] [--share K/N] [--minutes M] [--write]'],
  options: [
    ['--tier <names>', `Only these, separated by commas: ${Object.keys(TIERS).join(', ')}.`],
    ['--only <text>', 'Only mutants whose name or file has this text.'],
    ['--share K/N', 'Every N-th mutant, beginning with the K-th.'],
    ['--minutes M', 'Start no further mutant after M minutes; the others are counted, but not tried.'],
    ['--write', 'Write the table in docs/mutants.md; only with all mutants.'],
  ],
  examples: ['npm run mutants', 'npm run mutants -- --tier core', 'npm run mutants -- --only fingerprint'],
  exitCodes: {
    0: 'Every mutant that was tried was killed within its time limit.',
    1: 'One survived, or could not be tried.',
    2: NOT_UNDERSTOOD,
  },
};

const optionsSchema = z.object({
  tier: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(['core', 'storage', 'wire', 'service'])))
    .optional(),
  only: z.string().min(1).optional(),
  share: z
    .string()
    .regex(/^[1-9]\d*\/[1-9]\d*$/)
    .transform((value) => value.split('/').map(Number))
    .pipe(z.tuple([z.number(), z.number()]))
    .optional(),
  minutes: z.coerce.number().positive().default(Number.POSITIVE_INFINITY),
  write: z.boolean().default(false),
});

export type Options = z.infer<typeof optionsSchema>;

/** Parses the arguments of `npm run mutants --`. Throws a `UsageError`, or the error of `parseArgs`. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { tier: text, only: text, share: text, minutes: text, write: { type: 'boolean' } },
  });
  const options = optionsSchema.safeParse(values);
  if (!options.success) throw new UsageError(z.prettifyError(options.error));
  const { tier, only, share, minutes, write } = options.data;
  const isAll = tier === undefined && only === undefined && share === undefined && minutes === Number.POSITIVE_INFINITY;
  if (write && !isAll) throw new UsageError('--write takes all mutants: leave out what chooses some');
  return options.data;
}
