import { type Activity, type CardJson, cardIn } from '../tenant/activity.ts';
import { blockText, textOf } from '../tenant/card-reading.ts';
import { latestOf } from '../tenant/teams-conversations.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { LiveCard } from './evidence.ts';

/** An incident's card as people see it in the channel. */
export type SeenCard = LiveCard & { readonly card: CardJson };

type Reading = Omit<SeenCard, 'activityId'> | undefined;

/** Caches the parsed card of each version of a message, because it is read often. */
const readings = new WeakMap<Activity, { readonly reading: Reading }>();

/** Every incident card that is not deleted, oldest first. */
export function seenCards({ teams }: Tenant): readonly SeenCard[] {
  return teams
    .messages(teams.team.adminChannel.id)
    .filter(({ deleted }) => !deleted)
    .flatMap((message) => {
      const reading = readingOf(latestOf(message));
      return reading === undefined ? [] : [{ activityId: message.id, ...reading }];
    });
}

function readingOf(activity: Activity): Reading {
  const known = readings.get(activity);
  if (known !== undefined) return known.reading;
  const reading = read(activity);
  readings.set(activity, { reading });
  return reading;
}

/** Answers to commands are cards too, but have no headline. */
function read(activity: Activity): Reading {
  const card = cardIn(activity);
  const headline = card === undefined ? undefined : blockText(card, 'state');
  return card === undefined || headline === undefined ? undefined : { card, headline, text: textOf(card) };
}
