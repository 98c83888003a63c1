import type { Approval } from '../../incident/model/approval.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { brokenAt } from '../../incident/model/trail.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import { approvalSections } from './approval-section.ts';
import type { AdaptiveCard } from './card.ts';
import { listedToFit, shortenedToFit } from './card-fit.ts';
import { ICONS, type Line, plainLine, type Section, textLine, timeLine, warningLine } from './card-lines.ts';
import { clip, literal, MAX_NAME, MAX_TEXT, shortName } from './card-text.ts';
import { chatCard } from './chat-card.ts';
import { alertSection, connectorSection, remarkSection } from './connector-section.ts';
import { findingsSection } from './findings-section.ts';
import { stripLines } from './findings-strip.ts';
import { messageTime } from './message-time.ts';
import { signalsSection } from './signals-section.ts';
import type { ConnectorDetails, ConnectorStatus, ConnectorsStatus } from './view-models.ts';

/** More than anybody reads on a phone; fewer where they do not fit. */
const MAX_CONNECTORS = 40;
const MAX_PAST = 20;
const MAX_PAST_REASON = 200;
const MAX_PAST_REMARKS = 2;

/** Every inbound connector, restricted ones first, with who has acted and how old the reading is. */
export function renderConnectors(status: ConnectorsStatus, locale: Locale): AdaptiveCard {
  const words = strings(locale);
  const { statusTitle, moreConnectors } = words.chat;
  const items = status.connectors.map((connector) => statusSection(connector, status, words));
  const list = {
    first: [overview(status, words, locale), signalsSection(status.watch.signals ?? [], words.chat)],
    items,
    max: MAX_CONNECTORS,
    more: moreConnectors,
  };
  return listedToFit(list, (sections) => chatCard(statusTitle, sections, locale));
}

/** One connector in full, with its open incident or else the one that ended last. */
export function renderConnector(
  connector: ConnectorStatus,
  status: ConnectorsStatus,
  locale: Locale,
  details: ConnectorDetails = { posture: null, lastDays: null, isChecking: false },
): AdaptiveCard {
  const words = strings(locale);
  const { incident, type } = connector;
  const kind = type === null ? [] : [textLine(words.cards.facts.type, words.cards.types[type] ?? type, MAX_NAME)];
  const head = { title: '', lines: [stateLine(connector, status, words), ...kind] };
  const sections = [
    age(status, words, locale),
    head,
    ...(incident === null ? [] : incidentSections(incident, words, locale)),
    ...postureSections(details, locale),
  ];
  return shortenedToFit(sections, (fitting) => chatCard(words.chat.statusTitle, fitting, locale));
}

/** What the last check found, and the mail of the last days. */
function postureSections({ posture, lastDays, isChecking }: ConnectorDetails, locale: Locale): readonly Section[] {
  const { posture: words } = strings(locale);
  const number = new Intl.NumberFormat(locale).format;
  const checked = posture === null || posture.checkedAt === null ? [] : [timeLine(words.section, posture.checkedAt)];
  const none = posture === null ? [plainLine(`${words.section}: ${words.notChecked}`)] : [];
  const mail =
    lastDays === null
      ? []
      : [plainLine(words.lastDays(number(lastDays.messages), lastDays.days, number(lastDays.before)))];
  const head = {
    title: '',
    lines: [...(isChecking ? [plainLine(words.checking(1))] : []), ...checked, ...none, ...mail],
  };
  return [head, findingsSection({ findings: posture?.findings ?? [] }, locale)].filter(({ lines }) => lines.length > 0);
}

/** Past and open incidents, newest first: what happened, who agreed or did not, when and why. `near` are names that may have been meant when there are none. */
export function renderHistory(
  incidents: readonly Incident[],
  name: string | null,
  locale: Locale,
  near: readonly string[] = [],
): AdaptiveCard {
  const words = strings(locale);
  const { chat } = words;
  const none = name === null ? chat.noHistory : chat.noHistoryOf(literal(name, MAX_NAME));
  const meant = near.length === 0 ? [] : [chat.didYouMean(near.map((it) => literal(it, MAX_NAME)).join(', '))];
  const first = incidents.length === 0 ? [{ title: '', lines: [none, ...meant].map((text) => plainLine(text)) }] : [];
  const items = incidents.map((it) => past(it, words));
  const more = name === null ? chat.moreIncidents : chat.moreIncidentsOf;
  const list = { first, items, max: MAX_PAST, more };
  return listedToFit(list, (sections) => chatCard(chat.historyTitle, sections, locale));
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

function overview(status: ConnectorsStatus, strings: Strings, locale: Locale): Section {
  const { chat } = strings;
  const restricted = status.connectors.filter((connector) => connector.restricted).length;
  const counted = restricted === 0 ? chat.allClear : chat.restrictedCount(restricted);
  const known = status.connectors.length === 0 ? chat.noConnectors : counted;
  const alerted = status.alerted.length === 0 ? [] : [plainLine(chat.alertedCount(status.alerted.length))];
  // A reading that is not complete does not prove that nothing is restricted.
  const summary = status.readAt === null && restricted === 0 ? [] : [plainLine(known)];
  return {
    title: '',
    lines: [
      ...[...summary, ...alerted, ...age(status, strings, locale).lines, plainLine(watchText(status, strings))],
      ...selfCheckLines(status, strings, locale),
    ],
  };
}

function selfCheckLines({ watch: { selfCheck } }: ConnectorsStatus, words: Strings, locale: Locale) {
  if (selfCheck === undefined) return [];
  if (selfCheck === null) return [plainLine(words.selfCheck.never)];
  const { checkedAt, failed, warnings } = selfCheck;
  const text = words.selfCheck.status(messageTime(checkedAt, { locale }), failed, warnings);
  return [failed > 0 ? warningLine(text) : plainLine(text)];
}

function watchText({ watch }: ConnectorsStatus, { chat }: Strings): string {
  return chat.watch[watch.push](Math.round(watch.pollMs / 1000));
}

/** How old the reading is, and what is wrong with the latest one. */
function age(
  { readAt, incompleteReason: problem, channelFailure: channelProblem, watch }: ConnectorsStatus,
  strings: Strings,
  locale: Locale,
): Section {
  const { chat, outage, trail } = strings;
  const { broken = null } = watch;
  const untrue =
    broken === null ? [] : [warningLine(trail.status(brokenAt(broken), messageTime(broken.foundAt, { locale })))];
  const silent = (watch.unreachable ?? []).map(({ service, since }) =>
    warningLine(outage.unreachable(service, messageTime(since, { locale }))),
  );
  const read = readAt === null ? plainLine(chat.noReading) : timeLine(chat.readAt, readAt);
  const incomplete = problem === null ? [] : [warningLine(chat.problem(literal(problem, MAX_TEXT)))];
  const unheard = channelProblem === null ? [] : [warningLine(chat.channelProblem(literal(channelProblem, MAX_TEXT)))];
  return { title: '', lines: [...untrue, read, ...silent, ...incomplete, ...unheard] };
}

function statusSection(connector: ConnectorStatus, status: ConnectorsStatus, strings: Strings): Section {
  const open = openIncident(connector);
  const line = stateLine(connector, status, strings);
  if (open === null) return { title: '', lines: [line] };
  const since = timeLine(strings.cards.facts.since, open.connector?.restrictedSince ?? open.openedAt);
  return { title: '', lines: [line, since, ...people(open, strings)] };
}

function openIncident({ incident }: ConnectorStatus): Incident | null {
  return incident !== null && incident.endedAt === null ? incident : null;
}

function stateLine(connector: ConnectorStatus, { readAt }: ConnectorsStatus, words: Strings): Line {
  const { chat, sentences, findings } = words;
  const { restricted } = connector;
  const name = connector.name === null ? connector.id : literal(connector.name, MAX_NAME);
  const open = openIncident(connector);
  const off = connector.enabled === false ? ` (${chat.disabled})` : '';
  const unlisted = readAt === null ? chat.notKnown : chat.notRestricted;
  const state = open === null ? (restricted ? sentences.states.restricted : unlisted) : sentences.states[open.state];
  const { verdict = null } = connector;
  const mark = verdict === null ? '' : ` · ${ICONS[verdict]} ${findings.verdicts[verdict]}`;
  return { ...plainLine(`${state}${off}${mark}`), label: name };
}

function counts({ ending }: Approval): boolean {
  return ending === null || ending.kind === 'confirmed';
}

function people({ approval, remarks }: Incident, { cards, chat }: Strings): readonly Line[] {
  const remark = remarks.at(-1);
  const acted = remark === undefined ? [] : [textLine('', cards.remarks[remark.kind](shortName(remark.by)), MAX_TEXT)];
  if (approval === null || !counts(approval)) return acted;
  const { approver, confirmer } = approval;
  const by = shortName(approver);
  const agreed = confirmer === null ? chat.approvalOf(by) : chat.approvedBy(by, shortName(confirmer));
  return [textLine('', agreed, MAX_TEXT), ...acted];
}

function past(incident: Incident, strings: Strings): Section {
  const { cards, chat, sentences } = strings;
  const name = incident.connector?.name ?? incident.connector?.id ?? cards.unknownConnector;
  const { ending, endedAt, remarks } = incident;
  const said = remarkSection({ ...incident, remarks: remarks.slice(-MAX_PAST_REMARKS) }, cards).lines;
  return {
    title: '',
    lines: [
      { ...plainLine(sentences.states[incident.state]), label: literal(name, MAX_NAME) },
      timeLine(cards.facts.since, incident.connector?.restrictedSince ?? incident.openedAt),
      ...(endedAt === null ? [] : [timeLine(cards.facts.ended, endedAt)]),
      ...(ending === null ? [] : [plainLine(chat.endings[ending])]),
      ...approvalSections(shortReason(incident), cards, false).flatMap(({ lines }) => lines),
      ...said,
    ],
  };
}

/** Twenty reasons of full length would leave no room for the incidents. */
function shortReason(incident: Incident): Incident {
  const { approval } = incident;
  if (approval === null) return incident;
  return { ...incident, approval: { ...approval, reason: clip(approval.reason, MAX_PAST_REASON) } };
}
