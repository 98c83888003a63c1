import { z } from 'zod';
import type { CardJson } from './activity.ts';

const actionSchema = z.looseObject({
  type: z.enum(['Action.Execute', 'Action.Submit']),
  verb: z.string(),
  id: z.string().optional(),
  title: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  associatedInputs: z.string().optional(),
});

const inputSchema = z.looseObject({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  value: z.string().optional(),
  valueOff: z.string().optional(),
});

const showCardSchema = z.looseObject({
  type: z.literal('Action.ShowCard'),
  card: z.looseObject({ type: z.literal('AdaptiveCard') }),
});

const textBlockSchema = z.looseObject({
  type: z.literal('TextBlock'),
  text: z.string(),
  id: z.string().optional(),
});

const writtenSchema = z.union([
  z.looseObject({ type: z.enum(['TextBlock', 'TextRun']), text: z.string() }).transform(({ text }) => text),
  z.looseObject({ type: z.literal('Input.Toggle'), title: z.string() }).transform(({ title }) => title),
  z.strictObject({ title: z.string(), value: z.string() }).transform(({ title, value }) => `${title} ${value}`),
]);

export type CardAction = z.infer<typeof actionSchema>;
type CardInput = z.infer<typeof inputSchema>;

/** Returns every action with a verb, including those in ActionSets, ShowCards and select actions. */
export const actionsOf = oncePerCard((card): readonly CardAction[] => elementsOf(card, actionSchema));

export function actionOf(card: CardJson, verb: string): CardAction | undefined {
  return actionsOf(card).find((action) => action.verb === verb);
}

function inputsOf(card: CardJson): readonly CardInput[] {
  return elementsOf(card, inputSchema);
}

/** Returns the text on the card from top to bottom: text blocks, facts, and the labels of checkboxes. */
export const textOf = oncePerCard((card) => elementsOf(card, writtenSchema).join('\n'));

const textBlocksOf = oncePerCard((card) => elementsOf(card, textBlockSchema));

/** Returns the text of the TextBlock with this id. */
export function blockText(card: CardJson, id: string): string | undefined {
  return textBlocksOf(card).find((block) => block.id === id)?.text;
}

/** Returns what a client sends for inputs that the person did not change: a toggle is off, an empty text is omitted. */
export function untouchedInputs(card: CardJson): Record<string, string> {
  return valuesOf(inputsOf(card));
}

/**
 * Returns what a client sends with an action for unchanged inputs: those of the action's own card and of the cards around it,
 * but none of other ShowCards (microsoft/AdaptiveCards#4437).
 */
export function inputsSentWith(card: CardJson, verb: string): Record<string, string> {
  return valuesOf((cardsAround(card, verb) ?? []).flatMap((one) => elementsOf(one, inputSchema, ['fallback', 'card'])));
}

/** Returns the cards from the outermost to the one with the action; undefined when there is no such action. */
function cardsAround(card: CardJson, verb: string): readonly CardJson[] | undefined {
  if (elementsOf(card, actionSchema, ['fallback', 'card']).some((action) => action.verb === verb)) return [card];
  for (const { card: inner } of elementsOf(card, showCardSchema, ['fallback', 'card'])) {
    const around = cardsAround(inner, verb);
    if (around !== undefined) return [card, ...around];
  }
  return undefined;
}

function valuesOf(inputs: readonly CardInput[]): Record<string, string> {
  const pairs = inputs.flatMap((input) => {
    const value = input.value ?? (input.type === 'Input.Toggle' ? (input.valueOff ?? 'false') : '');
    return value === '' ? [] : [[input.id, value] as const];
  });
  return Object.fromEntries(pairs);
}

/** Caches the result by card. A test that waits for a card reads all cards every few milliseconds, and a posted card never changes. */
function oncePerCard<T extends {}>(read: (card: CardJson) => T): (card: CardJson) => T {
  const known = new WeakMap<CardJson, T>();
  return (card) => {
    const value = known.get(card) ?? read(card);
    known.set(card, value);
    return value;
  };
}

/** Walks everything except fallbacks, which a client that supports the element never shows. */
function elementsOf<T>(node: unknown, schema: z.ZodType<T>, except: readonly string[] = ['fallback']): readonly T[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = schema.safeParse(node);
  const children = Object.entries(node).flatMap(([key, child]) =>
    except.includes(key) ? [] : elementsOf(child, schema, except),
  );
  return own.success ? [own.data, ...children] : children;
}
