import type { Incident, IncidentState } from '../incident/incident.ts';
import { approvalSections } from './approval-section.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import { type CardActions, cardActions } from './card-actions.ts';
import { type CardForm, cardForm } from './card-form.ts';
import type { Section } from './card-lines.ts';
import { LONGEST_NAME, literal } from './card-text.ts';
import { alertSection, connectorSection, remarkSection } from './connector-section.ts';
import { type Locale, strings } from './locales/locale.ts';
import { outcomeSections } from './outcome-section.ts';

type UnblockMode = 'exchange' | 'powershell' | 'manual' | 'dry-run';

export type View = { readonly locale: Locale; readonly unblockMode: UnblockMode };

type CardData = CardForm &
  CardActions & {
    readonly lang: string;
    readonly speak: string;
    readonly style: string;
    readonly headline: string;
    readonly name: string;
    readonly meaning: string;
    readonly sections: readonly Section[];
  };

const fill = cardTemplate<CardData>('incident');

/** Each style comes with words; colour alone says nothing. */
const STYLES: { readonly [state in IncidentState]: string } = {
  alerted: 'warning',
  restricted: 'attention',
  awaiting_confirmation: 'warning',
  unblocking: 'accent',
  verifying: 'accent',
  unblock_failed: 'attention',
  unblocked: 'good',
  closed: 'emphasis',
};

/** The card of an incident in its present state, at most 28 KB. */
export function renderIncident(incident: Incident, view: View): AdaptiveCard {
  const { cards } = strings(view.locale);
  const { state } = incident;
  const headline = cards.headlines[state];
  const name = connectorName(incident, view.locale);
  return fill({
    lang: cards.lang,
    speak: cards.summary(headline, name),
    style: STYLES[state],
    headline,
    name,
    meaning: meaningOf(incident, view),
    sections: sectionsOf(incident, view).filter(({ lines }) => lines.length > 0),
    ...cardForm(incident, cards),
    ...cardActions(incident, cards),
  });
}

/** What people call the connector, cut to what a card can show. */
export function connectorName({ connector }: Incident, locale: Locale): string {
  const { cards } = strings(locale);
  if (connector === null) return cards.unknownConnector;
  return connector.name === null ? `${cards.unnamedConnector} ${connector.id}` : literal(connector.name, LONGEST_NAME);
}

/** One line for notifications and for clients that cannot show a card. */
export function summaryOf(incident: Incident, locale: Locale): string {
  return strings(locale).cards.summary(
    strings(locale).cards.headlines[incident.state],
    connectorName(incident, locale),
  );
}

function meaningOf({ state, ending }: Incident, { locale }: View): string {
  const { meaning, endings } = strings(locale).cards;
  if (state === 'unblocked' || state === 'closed') return ending === null ? '' : endings[ending];
  return meaning[state];
}

function sectionsOf(incident: Incident, view: View): readonly Section[] {
  const { cards } = strings(view.locale);
  return [
    ...outcomeSections(incident, view),
    ...approvalSections(incident, cards),
    connectorSection(incident, cards),
    alertSection(incident, cards),
    remarkSection(incident, cards),
  ];
}
