import { z } from 'zod';
import type { BotAnswer } from '../tenant/bot-line.ts';
import { untouchedInputs } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import type { Tenant } from '../tenant/tenant.ts';

const sentenceSchema = z.object({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.activity.message'),
  value: z.string().min(1),
});

/** The sentence a person is told after a click; anything else than a sentence is a fault. */
export function sentenceIn({ status, body }: BotAnswer): string {
  const parsed = sentenceSchema.safeParse(body);
  if (status === 200 && parsed.success) return parsed.data.value;
  throw new Error(`the click was not answered with a sentence but with HTTP ${status} ${JSON.stringify(body)}`);
}

type Press = { readonly verb: string; readonly inputs?: Readonly<Record<string, string | boolean>> };

/** One press of a button on a card by somebody; gives the sentence they are told. */
export async function press(tenant: Tenant, person: Person, { activityId }: ShownCard, what: Press): Promise<string> {
  return sentenceIn(await tenant.teams.click({ person, activityId, ...what }));
}

/** Every checkbox ticked, and a reason. */
export function attested({ card }: Pick<ShownCard, 'card'>, reason: string): Readonly<Record<string, string>> {
  const unticked = Object.entries(untouchedInputs(card)).filter(([, value]) => value === 'false');
  return { ...Object.fromEntries(unticked.map(([id]) => [id, 'true'])), reason };
}
