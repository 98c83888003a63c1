import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Template } from 'adaptivecards-templating';
import { z } from 'zod';

/** An Adaptive Card 1.5 as JSON. */
export type AdaptiveCard = { readonly type: 'AdaptiveCard'; readonly [property: string]: unknown };

const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });
const partSchema = z.looseObject({ $part: z.string() });

/** Returns a function that fills in a template of `adaptive-cards/`, which is read and parsed at the first call. */
export function cardTemplate<T extends object>(name: string): (data: T) => AdaptiveCard {
  let template: Template | null = null;
  return (data) => {
    template ??= parse(cardSchema.parse(withParts(readTemplate(name))));
    return cardSchema.parse(withoutNulls(z.looseObject({}).parse(template.expand({ $root: data }))));
  };
}

const require = createRequire(import.meta.url);

/** Parses a template. The library and its expression language, a fifth of the modules of the service, are loaded with the first one. */
function parse(template: object): Template {
  const library: typeof import('adaptivecards-templating') = require('adaptivecards-templating');
  return new library.Template(template);
}

/**
 * Removes properties that are null. A property whose `$when` is false is null in the filled template, which the schema of
 * cards forbids.
 */
function withoutNulls(card: object): object {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
}

/** Replaces `{"$part": "NAME"}` with the template `adaptive-cards/parts/NAME.json`; the other properties beside `$part` are kept. */
function withParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withParts);
  if (typeof node !== 'object' || node === null) return node;
  const part = partSchema.safeParse(node);
  if (!part.success) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withParts(value)]));
  const { $part, ...beside } = part.data;
  return withParts({ ...beside, ...z.looseObject({}).parse(readTemplate(`parts/${$part}`)) });
}

function readTemplate(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../adaptive-cards/${name}.json`, import.meta.url), 'utf8'));
}
