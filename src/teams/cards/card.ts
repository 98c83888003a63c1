import { readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import { z } from 'zod';

/** An Adaptive Card 1.5 as JSON. */
export type AdaptiveCard = { readonly type: 'AdaptiveCard'; readonly [property: string]: unknown };

const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });

/** Reads and parses a template of `adaptive-cards/` once, and gives a function that fills it in. */
export function cardTemplate<T extends object>(name: string): (data: T) => AdaptiveCard {
  const text = readFileSync(new URL(`../../../adaptive-cards/${name}.json`, import.meta.url), 'utf8');
  const template = new Template(cardSchema.parse(JSON.parse(text)));
  return (data) => cardSchema.parse(template.expand({ $root: data }));
}
