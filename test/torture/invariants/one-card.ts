import type { Incident } from '../../../src/incident/model/incident.ts';
import { cardsEnUs } from '../../../src/teams/locales/cards-en-us.ts';
import type { Invariant, LiveCard } from '../evidence.ts';

/** Every incident has exactly one live card in the channel, with its state and its connector; there is no card without an incident. */
export const oneCard: Invariant = ({ tenant, database }) => {
  const known = new Set(database.cards.values());
  const strangers = tenant.cards.filter(({ activityId }) => !known.has(activityId));
  return [
    ...database.incidents.flatMap((incident) => cardProblems(incident, tenant.cards, database.cards)),
    ...strangers.map(
      ({ activityId, headline, text }) => `card ${activityId} is nobody's: "${headline}" ${nameIn(text)}`,
    ),
  ];
};

function cardProblems(
  { id, state, connector }: Incident,
  live: readonly LiveCard[],
  posted: ReadonlyMap<string, string>,
): readonly string[] {
  const card = live.find(({ activityId }) => activityId === posted.get(id));
  if (card === undefined) return [`incident ${id} (${state}) has no card in the channel`];
  const wanted = cardsEnUs.headlines[state];
  const name = connector?.name ?? '';
  return [
    ...(card.headline === wanted
      ? []
      : [`the card of incident ${id} says "${card.headline}", the incident is ${state}`]),
    ...(card.text.includes(name) ? [] : [`the card of incident ${id} does not name ${name}`]),
  ];
}

function nameIn(text: string): string {
  return text.split('\n').slice(1, 2).join('');
}
