import { actToReview } from '../../incident/model/break-glass.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../incident/model/recommendations.ts';
import { type Strings, strings } from '../locales/locale.ts';
import type { Cloud } from '../transport/cloud.ts';
import { markdownLink } from './card-text.ts';
import { recommendationLink } from './links.ts';
import type { View } from './view.ts';

type Toggle = {
  readonly id: string;
  readonly title: string;
  readonly error: string;
  readonly link: string;
  readonly required: boolean;
};

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

/**
 * An approval attests the recommendations and needs a reason; a rejection may have one; a review says what it found. A client
 * holds up every button of the card for what is required on it, those on an inner card too, so with break-glass on the
 * server alone asks for what an approval requires.
 */
export function cardForm(incident: Incident, { locale, cloud = 'public', breakGlass = null }: View): CardForm {
  const { cards, breakGlass: words } = strings(locale);
  if (actToReview(incident) !== null) return reviewForm(words);
  const isNamed = incident.connector?.raw === undefined;
  const approving = isNamed && (incident.state === 'restricted' || incident.state === 'unblock_failed');
  const required = approving && breakGlass === null;
  return {
    hasForm: approving || incident.state === 'awaiting_confirmation',
    formTitle: approving ? cards.recommendationsTitle : '',
    toggles: approving ? togglesOf(cards, cloud, required) : [],
    reasonLabel: approving ? cards.reasonLabel : cards.rejectReasonLabel,
    reasonPlaceholder: approving ? cards.reasonPlaceholder : '',
    reasonRequired: required,
    reasonError: cards.reasonError,
  };
}

function reviewForm(strings: Strings['breakGlass']): CardForm {
  return {
    hasForm: true,
    formTitle: '',
    toggles: [],
    reasonLabel: strings.reviewLabel,
    reasonPlaceholder: strings.reviewPlaceholder,
    reasonRequired: true,
    reasonError: strings.reviewError,
  };
}

function togglesOf(cards: Strings['cards'], cloud: Cloud, required: boolean): readonly Toggle[] {
  return RECOMMENDATIONS.map((id) => ({
    id,
    title: cards.recommendations[id],
    error: cards.toggleError,
    link: markdownLink(cards.recommendationLinks[id], recommendationLink(id, cloud)) ?? '',
    required,
  }));
}
