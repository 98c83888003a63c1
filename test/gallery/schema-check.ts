import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { z } from 'zod';

/**
 * The schema of Adaptive Cards 1.5, the version that Teams supports: `schemas/1.5.0/adaptive-card.json` of the repository
 * microsoft/AdaptiveCards at 644d933e185a, unchanged, with its MIT licence beside it. No npm package contains it.
 */
export const SCHEMA = fileURLToPath(new URL('schema/adaptive-card.json', import.meta.url));

const schemaSchema = z.looseObject({ $schema: z.string().optional(), id: z.string().optional() });

/**
 * Reads a JSON schema of Adaptive Cards and returns a function that lists what it forbids in a card. The only deviation that is
 * accepted is Teams' own property `msteams` at the top of a card.
 */
export async function createSchemaCheck(file: string): Promise<(card: object) => readonly string[]> {
  const { $schema, id, ...schema } = schemaSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  // The schema is written for draft 6, with the property `id` of draft 4 and with formats that say nothing about a card.
  const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
  return (card) => {
    const { msteams, ...standard } = z.looseObject({ msteams: z.unknown().optional() }).parse(card);
    if (validate(standard)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
