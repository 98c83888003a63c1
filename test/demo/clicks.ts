import { z } from 'zod';
import type { BotAnswer } from '../tenant/bot-line.ts';
import { untouchedInputs } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';

const sentenceSchema = z.object({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.activity.message'),
  value: z.string().min(1),
});

/** Returns the sentence in the response to a click; throws when the response is anything else. */
export function sentenceIn({ status, body }: BotAnswer): string {
  const parsed = sentenceSchema.safeParse(body);
  if (status === 200 && parsed.success) return parsed.data.value;
  throw new Error(`the click was not answered with a sentence but with HTTP ${status} ${JSON.stringify(body)}`);
}

type Press = { readonly verb: string; readonly inputs?: Readonly<Record<string, string | boolean>> };

const unverifiedSchema = z.object({ error: z.object({ code: z.literal('keys_unavailable') }) });

/**
 * Presses a button on a card and returns the sentence in the response. Presses it again, as a person would, while the service
 * cannot fetch the Bot Framework's keys in time, which a busy machine may cause: it has then read nothing of the click.
 */
export async function press(tenant: Tenant, person: Person, { activityId }: ShownCard, what: Press): Promise<string> {
  const answer = await until(
    async () => {
      const given = await tenant.teams.click({ person, activityId, ...what });
      return !unverifiedSchema.safeParse(given.body).success && given;
    },
    { what: 'a click whose token can be verified', everyMs: 1_000 },
  );
  return sentenceIn(answer);
}

type Words = Omit<Parameters<Tenant['teams']['say']>[0], 'where'> & { readonly where?: 'channel' | 'personal' };

/** Sends a message, in the channel if nothing else is said, and returns the text of the bot's answer. */
export async function ask({ teams }: Tenant, { where = 'channel', ...words }: Words): Promise<string> {
  const { activityId } = await teams.say({ where, ...words });
  return until(() => teams.replyTexts(activityId).at(-1), { what: `an answer to "${words.text}"` });
}

/** Returns the inputs of a form with every checkbox ticked and a reason. */
export function attested({ card }: Pick<ShownCard, 'card'>, reason: string): Readonly<Record<string, string>> {
  const unticked = Object.entries(untouchedInputs(card)).filter(([, value]) => value === 'false');
  return { ...Object.fromEntries(unticked.map(([id]) => [id, 'true'])), reason };
}
