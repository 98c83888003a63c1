import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TROUBLES } from './plan.ts';

export const USAGE = [
  'npm run torture -- [--kills N] [--minutes M] [--seed S] [--database sqlite|postgres] [--replicas 1|3]',
  `                   [--trouble ${TROUBLES.join(',')}] [--parallel N] [--keep]`,
  '   --keep leaves the evidence of every trial in test-output, not only of those that fail',
  'npm run torture -- --trial <seed> …   plays one trial again',
  'npm run torture -- --marathon         200 restrictions over three replicas, one of them killed every 3 s',
].join('\n');

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

/** Reads the words after `npm run torture --`; a sentence when they are not understood. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...words],
      options: {
        ...{
          kills: text,
          minutes: text,
          seed: text,
          trial: text,
          database: text,
          replicas: text,
          trouble: text,
          parallel: text,
        },
        keep: { type: 'boolean' },
        marathon: { type: 'boolean' },
      },
    });
    const read = optionsSchema.safeParse(values);
    return read.success
      ? read.data
      : read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
