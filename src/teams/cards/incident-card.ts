import { actToReview } from '../../incident/model/break-glass-acts.ts';
import { type DisplayState, displayState } from '../../incident/model/display-state.ts';
import { type Aftermath, NO_AFTERMATH } from '../../incident/model/follow-up.ts';
import type { Incident, IncidentState } from '../../incident/model/incident.ts';
import type { Quorum } from '../../incident/model/quorum.ts';
import { strings } from '../locales/locale.ts';
import { againLines, earlierSection, followUpLines } from './aftermath-section.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import { type CardActions, cardActions, dataOf } from './card-actions.ts';
import { drawnToFit, SHORTEST } from './card-fit.ts';
import { type Line, type Section, shortenedLines } from './card-lines.ts';
import { alertSection, connectorSection, remarkSection, rowLines } from './connector-section.ts';
import { findingsSection } from './findings-section.ts';
import { stripLines } from './findings-strip.ts';
import { nextLines, noticeLines, restOfNotices } from './first-screen.ts';
import { type Data, shortenedForm } from './forms/form.ts';
import { connectorName, headlineOf, meaningOf, nextOf, spokenOf, timesOf } from './headline.ts';
import { mention } from './messages/mention.ts';
import { quorumDetails } from './quorum-section.ts';
import type { View } from './view.ts';

type CardData = CardActions & {
  readonly lang: string;
  readonly marker: string;
  readonly speak: string;
  readonly style: string;
  readonly headline: string;
  readonly name: string;
  readonly times: readonly { readonly text: string }[];
  readonly meaning: string;
  readonly notices: readonly Line[];
  readonly strip: readonly Line[];
  readonly next: readonly Line[];
  /** The people for whom Teams refreshes the card by itself, and the data it sends. */
  readonly refreshers: readonly string[];
  readonly refreshTitle: string;
  readonly refreshData: Data;
  /** The people mentioned in the text (Teams: mentions within Adaptive Cards). */
  readonly entities: readonly object[];
  readonly detailsTitle: string;
  /** Folded sections. */
  readonly sections: readonly Section[];
};

const fill = cardTemplate<CardData>('incident');

/**
 * Every style comes with words, because colour alone conveys nothing to some readers. Red marks where a person has to begin,
 * or can still stop something.
 */
const STYLES: { readonly [state in DisplayState]: string } = {
  alerted: 'warning',
  restricted: 'attention',
  awaiting_confirmation: 'warning',
  unblocking: 'accent',
  verifying: 'accent',
  break_glass_waiting: 'attention',
  break_glass_unblocking: 'attention',
  break_glass_verifying: 'accent',
  unblock_failed: 'attention',
  unblocked: 'good',
  closed: 'emphasis',
};

/** States in which people judge the connector, or may still have to. */
const DECIDED_BY_PEOPLE: ReadonlySet<IncidentState> = new Set([
  'alerted',
  'restricted',
  'awaiting_confirmation',
  'break_glass_waiting',
  'unblock_failed',
]);

const WITH_DECISION: ReadonlySet<IncidentState> = new Set(['restricted', 'awaiting_confirmation', 'unblock_failed']);

/** Draws the card of an incident in its present state, at most 28 KB, with who can still act if that is known. */
export function renderIncident(
  incident: Incident,
  view: View,
  quorum: Quorum | null = null,
  aftermath: Aftermath = NO_AFTERMATH,
): AdaptiveCard {
  const { cards } = strings(view.locale);
  const tasks: Section = { title: '', lines: followUpLines(aftermath, view.locale) };
  // A review that break-glass needs comes first; the first screen of a phone has no room for the tasks as well.
  const isReviewFirst = actToReview(incident) !== null;
  const whole: CardData = {
    lang: cards.lang,
    marker: incidentMarker(incident.id),
    speak: spokenOf(incident, view),
    style: STYLES[displayState(incident)],
    headline: headlineOf(incident, view),
    name: connectorName(incident, view.locale),
    times: timesOf(incident, view.locale),
    meaning: meaningOf(incident, view),
    notices: [...againLines(incident, aftermath, view.locale), ...noticeLines(incident, view, quorum)],
    strip: DECIDED_BY_PEOPLE.has(incident.state) ? stripLines(incident, view.locale, aftermath.earlier !== null) : [],
    next: [...nextLines(nextOf(incident, view), incident, quorum, view), ...(isReviewFirst ? [] : tasks.lines)],
    refreshers: quorum?.kind === 'read' ? (quorum.memberIds ?? []) : [],
    refreshTitle: cards.actions.refresh,
    refreshData: dataOf(incident),
    entities: (view.mentions ?? []).map((it) => mention(it).entity),
    detailsTitle: cards.details,
    sections: [
      ...(isReviewFirst ? [tasks] : []),
      earlierSection(aftermath, view.locale),
      ...detailSections(incident, view, quorum),
    ].filter(({ lines }) => lines.length > 0),
    ...cardActions(incident, view, aftermath),
  };
  return drawnToFit((longest) => shortenedCard(whole, longest), fill);
}

/** Returns the marker that every card of the incident contains, with which a card is found again in its channel. */
export function incidentMarker(incidentId: string): string {
  return `incident:${incidentId}`;
}

function detailSections(incident: Incident, view: View, quorum: Quorum | null): readonly Section[] {
  const { cards } = strings(view.locale);
  return [
    { title: '', lines: restOfNotices(incident, view) },
    { title: '', lines: rowLines(incident, cards) },
    // The forms of a decision show the findings, each beside its step; there is no room to show them twice.
    ...(WITH_DECISION.has(incident.state) ? [] : [findingsSection(incident, view.locale)]),
    connectorSection(incident, cards),
    remarkSection(incident, cards),
    { title: '', lines: quorumDetails(incident, quorum, cards) },
    alertSection(incident, cards),
  ];
}

/** The number of detail lines that are kept when a card is too large even with the shortest texts. */
const FEW_DETAILS = 3;

function shortenedCard(card: CardData, longest: number): CardData {
  const shortened = (lines: readonly Line[]) => shortenedLines(lines, longest);
  const details = longest > SHORTEST ? card.sections : firstLines(card.sections, FEW_DETAILS);
  return {
    ...card,
    notices: shortened(card.notices),
    strip: shortened(card.strip),
    next: shortened(card.next),
    sections: details.map(({ title, lines }) => ({ title, lines: shortened(lines) })),
    firstForms: card.firstForms.map((form) => shortenedForm(form, longest)),
    otherForms: card.otherForms.map((form) => shortenedForm(form, longest)),
  };
}

function firstLines(sections: readonly Section[], most: number): readonly Section[] {
  const first: Section[] = [];
  let left = most;
  for (const { title, lines } of sections) {
    if (left <= 0) break;
    first.push({ title, lines: lines.slice(0, left) });
    left -= lines.length;
  }
  return first;
}
