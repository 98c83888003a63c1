import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { z } from 'zod';

const schemaSchema = z.looseObject({ $schema: z.string().optional(), id: z.string().optional() });

/**
 * Reads the JSON schema of Adaptive Cards, of which Microsoft publishes no package, and gives a function that says what in a
 * card it forbids. `msteams` is Teams' own addition, which the schema does not have.
 */
export async function createSchemaCheck(file: string): Promise<(card: object) => readonly string[]> {
  const { $schema, id, ...schema } = schemaSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  // Written for draft 6 with a property `id` of draft 4, and with formats that tell nothing of a card.
  const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
  return (card) => {
    const { msteams, ...standard } = z.looseObject({ msteams: z.unknown() }).parse(card);
    if (validate(standard)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
