import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { BotAnswer } from '../tenant/bot-line.ts';
import { actionOf } from '../tenant/card-reading.ts';
import type { Forgery } from '../tenant/channel-tokens.ts';
import type { Person } from '../tenant/people.ts';
import type { Press } from './evidence.ts';
import type { Random } from './random.ts';
import { type SeenCard, seenCards } from './seen-cards.ts';
import type { World } from './world.ts';

const sentenceSchema = z.object({ value: z.string() });
const dataSchema = z.looseObject({ incidentId: z.string(), approvalId: z.string().optional() });
type CardData = z.infer<typeof dataSchema>;

export type Click = {
  readonly person: Person;
  readonly card: SeenCard;
  readonly verb: string;
  /** Defaults to the card's. */
  readonly data?: CardData | undefined;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly forgery?: Forgery;
  readonly tenantId?: string;
};

/** The newest live card that mentions this and is none of those known to be over. */
export function newestCard({ tenant }: World, mentioning: string, over: ReadonlySet<string>): SeenCard | undefined {
  return seenCards(tenant).findLast(({ text, activityId }) => !over.has(activityId) && namedIn(text, mentioning));
}

/** Compares whole lines, so that "no 1" is not found in "no 10". */
function namedIn(text: string, name: string): boolean {
  return text.split('\n').includes(name);
}

/** What a button of a card sends; undefined when the card has no such button. */
export function dataOf({ card }: SeenCard, verb: string): CardData | undefined {
  return dataSchema.safeParse(actionOf(card, verb)?.data).data;
}

/** Presses a button once and records it. Resolves to undefined when the card has no such button or the answer was lost. */
export async function press(world: World, random: Random, click: Click): Promise<Press | undefined> {
  const { person, card, verb, inputs = {}, id = `f:${randomUUID()}`, forgery, tenantId } = click;
  const data = click.data ?? dataOf(card, verb);
  if (data === undefined) return undefined;
  const begun = {
    at: Date.now(),
    by: person.aadObjectId,
    verb,
    incidentId: data.incidentId,
    approvalId: data.approvalId,
    reason: inputs.reason,
    genuine: forgery === undefined && tenantId === undefined,
  };
  const index = world.presses.push({ ...begun, answeredAt: undefined, status: undefined, sentence: undefined }) - 1;
  world.turnTo(random);
  const forged = { ...(forgery === undefined ? {} : { forgery }), ...(tenantId === undefined ? {} : { tenantId }) };
  const answer = await world.tenant.teams
    .click({ person, activityId: card.activityId, verb, data, inputs, id, locale: 'en-US', ...forged })
    .catch(() => undefined);
  const pressed = { ...begun, ...answered(answer) };
  world.presses[index] = pressed;
  return pressed;
}

function answered(answer: BotAnswer | undefined): Pick<Press, 'answeredAt' | 'status' | 'sentence'> {
  if (answer === undefined) return { answeredAt: undefined, status: undefined, sentence: undefined };
  return { answeredAt: Date.now(), status: answer.status, sentence: sentenceSchema.safeParse(answer.body).data?.value };
}
