import { blockText, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { wordsOf } from './words.ts';

/** The first words of a headline in en-US, which name the state of a card. */
export type Headline =
  | 'Alert'
  | 'Restricted'
  | 'Waiting'
  | 'Unblocking'
  | 'Verifying'
  | 'Unblock failed'
  | 'Unblocked'
  | 'Closed';

const HEADLINE_ID = 'state';

export function headlineOf({ card }: ShownCard): string {
  return blockText(card, HEADLINE_ID) ?? '';
}

/** Returns the current incident card that contains this text. Answers to commands are cards too, but have no such headline. */
export function incidentCard({ teams }: Tenant, mentioning: string): ShownCard | undefined {
  return incidentCards(teams).findLast(({ card }) => textOf(card).includes(mentioning));
}

export function incidentCards(teams: Tenant['teams']): readonly ShownCard[] {
  return teams.cards(teams.team.adminChannel.id).filter((shown) => headlineOf(shown) !== '');
}

/** Waits until the card that contains this text shows the state, and returns the card. */
export function cardShows(tenant: Tenant, mentioning: string, headline: Headline): Promise<ShownCard> {
  const seen = () => incidentCard(tenant, mentioning);
  return until(
    () => {
      const shown = seen();
      return shown !== undefined && says(headlineOf(shown), headline) ? shown : undefined;
    },
    { what: `the card of ${mentioning} says ${headline}` },
  ).catch((error: unknown) => {
    const shown = seen();
    const now = shown === undefined ? 'there is no such card' : `it says "${headlineOf(shown)}"`;
    throw new Error(`${wordsOf(error)}; ${now}`);
  });
}

/** "Unblock" begins both Unblocked and Unblock failed, so the word has to end there. */
function says(text: string, headline: Headline): boolean {
  return text.startsWith(headline) && !/^\w/.test(text.slice(headline.length));
}
