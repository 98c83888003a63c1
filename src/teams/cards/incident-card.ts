import type { Incident, IncidentState } from '../../incident/model/incident.ts';
import { isShort, type Quorum } from '../../incident/model/quorum.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import { approvalSections } from './approval-section.ts';
import { breakGlassSections } from './break-glass-section.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import { type CardActions, cardActions } from './card-actions.ts';
import { shortenedToFit } from './card-fit.ts';
import { type CardForm, cardForm } from './card-form.ts';
import { type Section, warningLine } from './card-lines.ts';
import { literal, MAX_NAME } from './card-text.ts';
import { alertSection, connectorSection, remarkSection } from './connector-section.ts';
import { findingsSection } from './findings-section.ts';
import { outcomeSections } from './outcome-section.ts';
import { quorumSection } from './quorum-section.ts';
import type { View } from './view.ts';
import { withoutIdSections } from './without-id-section.ts';

type CardData = CardForm &
  CardActions & {
    readonly lang: string;
    readonly marker: string;
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
  break_glass_waiting: 'attention',
  break_glass_unblocking: 'attention',
  break_glass_verifying: 'attention',
  unblock_failed: 'attention',
  unblocked: 'good',
  closed: 'emphasis',
};

/** The card of an incident in its present state, at most 28 KB; with who can still act, when that is known. */
export function renderIncident(incident: Incident, view: View, quorum: Quorum | null = null): AdaptiveCard {
  const { cards } = strings(view.locale);
  const { state } = incident;
  const whole = {
    lang: cards.lang,
    marker: incidentMarker(incident.id),
    speak: summaryOf(incident, view),
    style: STYLES[state],
    headline: headlineOf(incident, view),
    name: connectorName(incident, view.locale),
    meaning: meaningOf(incident, view),
    ...cardForm(incident, view),
    ...cardActions(incident, view),
  };
  const sections = sectionsOf(incident, view, quorum).filter(({ lines }) => lines.length > 0);
  return shortenedToFit(sections, (fitting) => fill({ ...whole, sections: fitting }));
}

/** Stands in every card of the incident, by which a card is found again in its channel. */
export function incidentMarker(incidentId: string): string {
  return `incident:${incidentId}`;
}

/** What people call the connector, cut to what a card can show. */
export function connectorName({ connector }: Incident, locale: Locale): string {
  const { cards } = strings(locale);
  if (connector === null) return cards.unknownConnector;
  if (connector.raw !== undefined && connector.name === null) return cards.withoutId.name;
  return connector.name === null ? `${cards.unnamedConnector} ${connector.id}` : literal(connector.name, MAX_NAME);
}

/** One line for notifications and for clients that cannot show a card. */
export function summaryOf(incident: Incident, view: View): string {
  const { summary } = strings(view.locale).cards;
  return summary(headlineOf(incident, view), connectorName(incident, view.locale));
}

/** What is said of the modes in which Exchange is not asked by this service; null in the others. */
function modeText({ locale, unblockMode }: View): Strings['cards']['modes']['manual'] | null {
  const { modes } = strings(locale).cards;
  return unblockMode === 'manual' || unblockMode === 'dry-run' ? modes[unblockMode] : null;
}

function headlineOf({ state }: Incident, view: View): string {
  const words = state === 'verifying' || state === 'break_glass_verifying' ? modeText(view) : null;
  return words?.headline ?? strings(view.locale).cards.headlines[state];
}

function meaningOf({ state, ending }: Incident, view: View): string {
  const { meaning, endings } = strings(view.locale).cards;
  if (state === 'unblocked' || state === 'closed') return ending === null ? '' : endings[ending];
  const words = modeText(view);
  return words !== null && isCarriedOut(state) ? words[state] : meaning[state];
}

type CarriedOut = 'unblocking' | 'verifying' | 'break_glass_unblocking' | 'break_glass_verifying' | 'unblock_failed';

function isCarriedOut(state: IncidentState): state is CarriedOut {
  return ['unblocking', 'verifying', 'break_glass_unblocking', 'break_glass_verifying', 'unblock_failed'].includes(
    state,
  );
}

/** What holds in this mode whatever the state, while there is something to press. */
function noticeSection({ endedAt }: Incident, view: View): Section {
  const notice = modeText(view)?.notice ?? '';
  return { title: '', lines: notice === '' || endedAt !== null ? [] : [warningLine(notice)] };
}

function sectionsOf(incident: Incident, view: View, quorum: Quorum | null): readonly Section[] {
  const words = strings(view.locale);
  const { cards } = words;
  const people = quorumSection(incident, quorum, cards);
  const tooFew = quorum !== null && isShort(quorum);
  return [
    noticeSection(incident, view),
    ...(tooFew ? [people] : []),
    ...withoutIdSections(incident, view),
    ...outcomeSections(incident, view),
    ...breakGlassSections(incident, words),
    ...approvalSections(incident, cards),
    ...(tooFew ? [] : [people]),
    findingsSection(incident, view.locale),
    connectorSection(incident, cards),
    alertSection(incident, cards),
    remarkSection(incident, cards),
  ];
}
