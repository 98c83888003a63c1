import { displayState } from '../../incident/model/display-state.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { brokenAt, type UntrustedTrail } from '../../incident/model/trail.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import { approvalSections } from './approval-section.ts';
import type { AdaptiveCard } from './card.ts';
import { listedToFit, shortenedToFit } from './card-fit.ts';
import { ICONS, type Line, linkLine, plainLine, type Section, textLine, timeLine, warningLine } from './card-lines.ts';
import { cardTime, clip, literal, MAX_NAME, MAX_TEXT } from './card-text.ts';
import { chatCard } from './chat-card.ts';
import { alertSection, connectorSection, remarkSection } from './connector-section.ts';
import { findingsSection } from './findings-section.ts';
import { stripLines } from './findings-strip.ts';
import type { CardLinks, ConnectorDetails, ConnectorStatus, ConnectorsStatus } from './view-models.ts';

/** More than anyone reads on a phone; fewer if they do not fit. */
const MAX_PAST = 20;
const MAX_PAST_REASON = 200;
const MAX_PAST_REMARKS = 2;

/** Creates the card of one connector in full, with its open incident or otherwise the latest one. */
export function renderConnector(
  connector: ConnectorStatus,
  status: ConnectorsStatus,
  locale: Locale,
  details: ConnectorDetails = { posture: null, lastDays: null, isChecking: false },
): AdaptiveCard {
  const texts = strings(locale);
  const { incident, type } = connector;
  const kind = type === null ? [] : [textLine(texts.cards.facts.type, texts.cards.types[type] ?? type, MAX_NAME)];
  const head = { title: '', lines: [stateLine(connector, status, texts), ...kind] };
  const sections = [
    age(status, texts),
    head,
    ...(incident === null ? [] : incidentSections(incident, texts, locale)),
    ...postureSections(details, locale),
  ];
  return shortenedToFit(sections, (fitting) => chatCard(texts.chat.statusTitle, fitting, locale));
}

/** Returns what the last check found, and the mail of the last days. */
function postureSections({ posture, lastDays, isChecking }: ConnectorDetails, locale: Locale): readonly Section[] {
  const { posture: texts } = strings(locale);
  const number = new Intl.NumberFormat(locale).format;
  const checked = posture === null || posture.checkedAt === null ? [] : [timeLine(texts.section, posture.checkedAt)];
  const none = posture === null ? [plainLine(`${texts.section}: ${texts.notChecked}`)] : [];
  const mail =
    lastDays === null
      ? []
      : [plainLine(texts.lastDays(number(lastDays.messages), lastDays.days, number(lastDays.before)))];
  const head = {
    title: '',
    lines: [...(isChecking ? [plainLine(texts.checking(1))] : []), ...checked, ...none, ...mail],
  };
  return [head, findingsSection({ findings: posture?.findings ?? [] }, locale)].filter(({ lines }) => lines.length > 0);
}

/**
 * Creates the card of past and open incidents, newest first: what happened, who agreed or not, when and why, with a link to
 * the card of each. If there are none, `near` has names that the person may have meant.
 */
export function renderHistory(
  incidents: readonly Incident[],
  name: string | null,
  locale: Locale,
  { near = [], links = new Map() }: { readonly near?: readonly string[]; readonly links?: CardLinks } = {},
): AdaptiveCard {
  const texts = strings(locale);
  const { chat } = texts;
  const none = name === null ? chat.noHistory : chat.noHistoryOf(literal(name, MAX_NAME));
  const meant = near.length === 0 ? [] : [chat.didYouMean(near.map((it) => literal(it, MAX_NAME)).join(', '))];
  const first = incidents.length === 0 ? [{ title: '', lines: [none, ...meant].map((text) => plainLine(text)) }] : [];
  const items = incidents.map((it) => withCard(past(it, texts), links.get(it.id) ?? null, texts));
  const more = name === null ? chat.moreIncidents : chat.moreIncidentsOf;
  const list = { first, items, max: MAX_PAST, more };
  return listedToFit(list, (sections) => chatCard(chat.historyTitle, sections, locale));
}

function withCard({ title, lines }: Section, url: string | null, { chat }: Strings): Section {
  return { title, lines: [...lines, ...linkLine(chat.openCard, url)] };
}

function incidentSections(incident: Incident, strings: Strings, locale: Locale): readonly Section[] {
  const { cards, chat } = strings;
  if (incident.endedAt !== null) return [{ ...past(incident, strings), title: chat.lastIncident }];
  return [
    { title: '', lines: stripLines(incident, locale) },
    connectorSection(incident, cards),
    ...approvalSections(incident, cards),
    alertSection(incident, cards),
    remarkSection(incident, cards),
  ];
}

function untrueText(broken: UntrustedTrail, trail: Strings['trail']): string {
  if (broken.loss !== undefined) return `${trail.lost[broken.loss]} ${trail.afterLoss}`;
  return trail.status(brokenAt(broken), cardTime(broken.foundAt));
}

/** Returns the age of the last complete reading, and what is wrong with the latest one. */
export function age(
  { readAt, incompleteReason: problem, channelFailure: channelProblem, watch }: ConnectorsStatus,
  { chat, outage, trail }: Strings,
): Section {
  const { broken = null } = watch;
  const untrue = broken === null ? [] : [warningLine(untrueText(broken, trail))];
  const silent = (watch.unreachable ?? []).map(({ service, since }) =>
    warningLine(outage.unreachable(service, cardTime(since))),
  );
  const read = readAt === null ? plainLine(chat.noReading) : timeLine(chat.readAt, readAt);
  const incomplete = problem === null ? [] : [warningLine(chat.problem(literal(problem, MAX_TEXT)))];
  const channelWarning =
    channelProblem === null ? [] : [warningLine(chat.channelProblem(literal(channelProblem, MAX_TEXT)))];
  return { title: '', lines: [...untrue, read, ...silent, ...incomplete, ...channelWarning] };
}

export function openIncident({ incident }: ConnectorStatus): Incident | null {
  return incident !== null && incident.endedAt === null ? incident : null;
}

/** Returns a connector's name, its state in words, and the worst finding of its last check unless it is restricted. */
export function stateLine(connector: ConnectorStatus, { readAt }: ConnectorsStatus, texts: Strings): Line {
  const { chat, sentences, findings } = texts;
  const { restricted } = connector;
  const name = connector.name === null ? connector.id : literal(connector.name, MAX_NAME);
  const open = openIncident(connector);
  const off = connector.enabled === false ? ` (${chat.disabled})` : '';
  const unlisted = readAt === null ? chat.notKnown : chat.notRestricted;
  const state =
    open === null ? (restricted ? sentences.states.restricted : unlisted) : sentences.states[displayState(open)];
  const { verdict = null } = connector;
  // A good mark beside a restriction would read as if it were harmless; its card has what was found since.
  const mark = verdict === null || restricted ? '' : ` · ${ICONS[verdict]} ${findings.verdicts[verdict]}`;
  return { ...plainLine(`${state}${off}${mark}`), label: name };
}

function past(incident: Incident, strings: Strings): Section {
  const { cards, chat, sentences } = strings;
  const name = incident.connector?.name ?? incident.connector?.id ?? cards.unknownConnector;
  const { ending, endedAt, remarks } = incident;
  const remarkLines = remarkSection({ ...incident, remarks: remarks.slice(-MAX_PAST_REMARKS) }, cards).lines;
  return {
    title: '',
    lines: [
      { ...plainLine(sentences.states[displayState(incident)]), label: literal(name, MAX_NAME) },
      timeLine(cards.facts.since, incident.connector?.restrictedSince ?? incident.openedAt),
      ...(endedAt === null ? [] : [timeLine(cards.facts.ended, endedAt)]),
      ...(ending === null ? [] : [plainLine(chat.endings[ending])]),
      ...approvalSections(shortReason(incident), cards, false).flatMap(({ lines }) => lines),
      ...remarkLines,
    ],
  };
}

/** Shortens the reason; twenty of full length would leave no room for the incidents. */
function shortReason(incident: Incident): Incident {
  const { approval } = incident;
  if (approval === null) return incident;
  return { ...incident, approval: { ...approval, reason: clip(approval.reason, MAX_PAST_REASON) } };
}
