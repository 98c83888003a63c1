import { z } from 'zod';
import { attested } from '../demo/clicks.ts';
import type { Person } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';

const sentence = z.object({ type: z.literal('application/vnd.microsoft.activity.message') });

type Click = { readonly person: Person; readonly activityId: string; readonly verb: string };

/** Presses a button, with every checkbox ticked where there are some; returns the time until its answer, ms. */
export async function clicked({ teams }: Tenant, { person, activityId, verb }: Click): Promise<number> {
  const shown = teams.cards(teams.team.adminChannel.id).find((one) => one.activityId === activityId);
  if (shown === undefined) throw new Error('the card is gone');
  const inputs = verb === 'approve' ? attested(shown, 'The queue is clean again.') : {};
  const { status, body, ms } = await teams.click({ person, activityId, verb, inputs });
  if (status === 200 && sentence.safeParse(body).success) return ms;
  throw new Error(`${verb} was answered with HTTP ${status} ${JSON.stringify(body)}`);
}
