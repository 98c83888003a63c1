import type { Incident } from '../incident/incident.ts';
import { RECOMMENDATIONS } from '../incident/recommendations.ts';
import { markdownLink } from './card-text.ts';
import { RECOMMENDATION_LINKS } from './links.ts';
import type { Strings } from './locales/locale.ts';

type Toggle = { readonly id: string; readonly title: string; readonly error: string; readonly link: string };

/** What people fill in before they press a button. */
export type CardForm = {
  readonly hasForm: boolean;
  readonly formTitle: string;
  readonly toggles: readonly Toggle[];
  readonly reasonLabel: string;
  readonly reasonPlaceholder: string;
  readonly reasonRequired: boolean;
  readonly reasonError: string;
};

/** An approval attests the recommendations and needs a reason; a rejection may have one. */
export function cardForm({ state }: Incident, cards: Strings['cards']): CardForm {
  const approving = state === 'restricted' || state === 'unblock_failed';
  return {
    hasForm: approving || state === 'awaiting_confirmation',
    formTitle: approving ? cards.recommendationsTitle : '',
    toggles: approving ? togglesOf(cards) : [],
    reasonLabel: approving ? cards.reasonLabel : cards.rejectReasonLabel,
    reasonPlaceholder: approving ? cards.reasonPlaceholder : '',
    reasonRequired: approving,
    reasonError: cards.reasonError,
  };
}

function togglesOf(cards: Strings['cards']): readonly Toggle[] {
  return RECOMMENDATIONS.map((id) => ({
    id,
    title: cards.recommendations[id],
    error: cards.toggleError,
    link: markdownLink(cards.recommendationLinks[id], RECOMMENDATION_LINKS[id]) ?? '',
  }));
}
