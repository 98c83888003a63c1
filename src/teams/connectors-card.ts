import type { Incident } from '../incident/incident.ts';
import { answerCard, plain } from './answer-card.ts';
import type { ConnectorStatus, ConnectorsStatus } from './answers.ts';
import { approvalSections } from './approval-section.ts';
import type { AdaptiveCard } from './card.ts';
import { type Line, type Section, textLine, timeLine, warningLine } from './card-lines.ts';
import { LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, literal } from './card-text.ts';
import { alertSection, connectorSection, remarkSection } from './connector-section.ts';
import { type Locale, type Strings, strings } from './locales/locale.ts';

/** So many fit into the 28 KB that Teams takes, whatever their names. */
const MOST_CONNECTORS = 40;

/** Every inbound connector, restricted ones first, with who has acted and how old the reading is. */
export function renderConnectors(status: ConnectorsStatus, locale: Locale): AdaptiveCard {
  const words = strings(locale);
  const { connectors } = status;
  const shown = connectors.slice(0, MOST_CONNECTORS).map((connector) => statusSection(connector, words));
  const rest = connectors.length - MOST_CONNECTORS;
  const more = rest > 0 ? [{ title: '', lines: [plain(words.chat.moreConnectors(rest))] }] : [];
  return answerCard(words.chat.statusTitle, [overview(status, words), ...shown, ...more], locale);
}

/** One connector in full. */
export function renderConnector(connector: ConnectorStatus, status: ConnectorsStatus, locale: Locale): AdaptiveCard {
  const words = strings(locale);
  const { incident } = connector;
  const open = incident !== null && incident.endedAt === null ? incident : null;
  const details = open === null ? [] : incidentSections(open, words);
  return answerCard(words.chat.statusTitle, [age(status, words), statusSection(connector, words), ...details], locale);
}

/** Past and open incidents, newest first. */
export function renderHistory(incidents: readonly Incident[], name: string | null, locale: Locale): AdaptiveCard {
  const words = strings(locale);
  const { chat } = words;
  const none = name === null ? chat.noHistory : chat.noHistoryOf(literal(name, LONGEST_NAME));
  const sections =
    incidents.length === 0 ? [{ title: '', lines: [plain(none)] }] : incidents.map((it) => past(it, words));
  return answerCard(chat.historyTitle, sections, locale);
}

function incidentSections(incident: Incident, { cards }: Strings): readonly Section[] {
  return [
    connectorSection(incident, cards),
    ...approvalSections(incident, cards),
    alertSection(incident, cards),
    remarkSection(incident, cards),
  ];
}

function overview(status: ConnectorsStatus, words: Strings): Section {
  const { chat } = words;
  const restricted = status.connectors.filter((connector) => connector.restricted).length;
  const counted = restricted === 0 ? chat.allClear : chat.restrictedCount(restricted);
  const known = status.connectors.length === 0 ? chat.noConnectors : counted;
  const alerted = status.alerted.length === 0 ? [] : [plain(chat.alertedCount(status.alerted.length))];
  const summary = status.readAt === null && status.connectors.length === 0 ? [] : [plain(known)];
  return { title: '', lines: [...summary, ...alerted, ...age(status, words).lines, plain(watchText(status, words))] };
}

function watchText({ watch }: ConnectorsStatus, { chat }: Strings): string {
  return chat.watch[watch.push](Math.round(watch.pollMs / 1000));
}

/** How old the reading is, and what is wrong with the latest one. */
function age({ readAt, problem, channelProblem }: ConnectorsStatus, { chat }: Strings): Section {
  const read = readAt === null ? plain(chat.noReading) : timeLine(chat.readAt, readAt);
  const incomplete = problem === null ? [] : [warningLine(chat.problem(literal(problem, LONGEST_WORDS)))];
  const unheard =
    channelProblem === null ? [] : [warningLine(chat.channelProblem(literal(channelProblem, LONGEST_WORDS)))];
  return { title: '', lines: [read, ...incomplete, ...unheard] };
}

function statusSection(connector: ConnectorStatus, words: Strings): Section {
  const { cards, chat, sentences } = words;
  const { incident, restricted } = connector;
  const name = connector.name === null ? connector.id : literal(connector.name, LONGEST_NAME);
  const open = incident !== null && incident.endedAt === null ? incident : null;
  const off = connector.enabled === false ? ` (${chat.disabled})` : '';
  const state =
    open === null ? (restricted ? sentences.states.restricted : chat.notRestricted) : sentences.states[open.state];
  const since = open?.connector?.restrictedSince ?? open?.openedAt;
  return {
    title: '',
    lines: [
      { kind: 'text', label: name, value: `${state}${off}` },
      ...(since === undefined ? [] : [timeLine(cards.facts.since, since)]),
      ...(open === null ? [] : people(open, words)),
    ],
  };
}

function people({ approval, remarks }: Incident, { cards, chat }: Strings): readonly Line[] {
  const remark = remarks.at(-1);
  const acted = remark === undefined ? [] : [textLine('', cards.remarks[remark.kind](remark.by.name), LONGEST_WORDS)];
  if (approval === null || (approval.ending !== null && approval.ending.kind !== 'confirmed')) return acted;
  const { approver, confirmer } = approval;
  const agreed = confirmer === null ? chat.approvalOf(approver.name) : chat.approvedBy(approver.name, confirmer.name);
  return [textLine('', agreed, LONGEST_WORDS), ...acted];
}

function past(incident: Incident, words: Strings): Section {
  const { cards, sentences } = words;
  const name = incident.connector?.name ?? incident.connector?.id ?? cards.unknownConnector;
  const { ending, endedAt, approval } = incident;
  return {
    title: '',
    lines: [
      { kind: 'text', label: literal(name, LONGEST_NAME), value: sentences.states[incident.state] },
      timeLine(cards.facts.since, incident.connector?.restrictedSince ?? incident.openedAt),
      ...(endedAt === null ? [] : [timeLine(cards.facts.ended, endedAt)]),
      ...(ending === null ? [] : [plain(cards.endings[ending])]),
      ...people(incident, words),
      ...(approval === null ? [] : [textLine(cards.approval.reason, approval.reason, LONGEST_REASON)]),
    ],
  };
}
