import type { RestrictedConnector } from '../../incident/model/connector.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { LinkedAlert } from '../../incident/model/linked-alert.ts';
import type { Strings } from '../locales/locale.ts';
import { eventLine, type Line, linkLine, type Section, textLine, timeLine } from './card-lines.ts';
import { MAX_NAME, MAX_REASON, MAX_TEXT, shortName } from './card-text.ts';
import { configurationLines } from './configuration-lines.ts';

type CardStrings = Strings['cards'];

const MAX_ALERTS = 3;
const MAX_REMARKS = 5;

/** Returns which connector was restricted and since when, with the parts of its configuration that matter for judging it. */
export function connectorSection(incident: Incident, cards: CardStrings): Section {
  const { connector, openedAt, endedAt } = incident;
  if (connector === null) return { title: '', lines: [timeLine(cards.facts.firstSeen, openedAt)] };
  const { facts } = cards;
  const reason = connector.restrictionReason;
  const since = connector.restrictedSince;
  return {
    title: '',
    lines: [
      since === null ? timeLine(facts.firstSeen, openedAt) : timeLine(facts.since, since),
      ...(connector.restrictedUntil === null || endedAt !== null
        ? []
        : [timeLine(facts.until, connector.restrictedUntil)]),
      ...(reason === null ? [] : [textLine(facts.exchangeSays, reason, MAX_TEXT)]),
      ...settingLines(connector, cards),
      textLine(facts.connectorId, connector.id, MAX_NAME),
    ],
  };
}

function settingLines(connector: RestrictedConnector, cards: CardStrings): readonly Line[] {
  const { facts, matches } = cards;
  const { configuration, createdAt, changedAt, match } = connector;
  const matchLine = match === 'guid' ? [] : [textLine(facts.match, matches[match], MAX_TEXT)];
  if (configuration === null) return matchLine;
  return [
    ...matchLine,
    ...configurationLines(configuration, cards),
    ...(createdAt === null ? [] : [timeLine(facts.created, createdAt)]),
    ...(changedAt === null ? [] : [timeLine(facts.changed, changedAt)]),
    ...changedByLines(connector, cards),
  ];
}

/** Returns who changed the connector last, if the audit log contains it. */
function changedByLines({ changedBy }: RestrictedConnector, { facts }: CardStrings): readonly Line[] {
  if (changedBy === undefined) return [];
  const { by, operation, at } = changedBy;
  return [{ ...eventLine(by, MAX_NAME * 2, at), label: facts.changedBy, raw: operation }];
}

export function alertSection({ alerts, endedAt }: Incident, cards: CardStrings): Section {
  const shown = alerts.slice(-MAX_ALERTS).flatMap((alert) => alertLines(alert, endedAt !== null, cards));
  const rest = alerts.length - MAX_ALERTS;
  return { title: '', lines: rest > 0 ? [...shown, textLine('', cards.more(rest), MAX_NAME)] : shown };
}

/** Returns the lines of an alert. The status is omitted once the incident is over, because the alert is about to be resolved. */
function alertLines(alert: LinkedAlert, over: boolean, cards: CardStrings): readonly Line[] {
  const { titles, severities, statuses, standing, severity: only } = cards.alertTexts;
  const severity = severities[alert.severity] ?? alert.severity;
  const status = statuses[alert.status] ?? alert.status;
  const title = titles[alert.title] ?? alert.title;
  const named = alert.namedBy === undefined ? [] : [textLine('', cards.linkedByName(alert.namedBy), MAX_NAME * 2)];
  return [
    {
      ...eventLine(`${title} (${over ? only(severity) : standing(severity, status)})`, MAX_TEXT, alert.createdAt),
      label: cards.facts.alert,
    },
    ...named,
    ...linkLine(cards.openAlert, alert.webUrl),
  ];
}

/** The length of a row that is kept, in UTF-16 units. */
const MAX_ROW = 1_000;

/** Returns Exchange's row as it came, if no id was found in it. */
export function rowLines({ connector }: Incident, cards: CardStrings): readonly Line[] {
  const raw = connector?.raw;
  return raw === undefined ? [] : [textLine(cards.withoutId.row, raw, MAX_ROW)];
}

/** Returns who is looking at the incident, and who wants the connector to stay restricted. */
export function remarkSection({ remarks }: Incident, cards: CardStrings): Section {
  const shown = remarks.slice(-MAX_REMARKS).map(({ kind, by, at, reason }) => {
    const what = cards.remarks[kind](shortName(by));
    return eventLine(reason === null ? what : `${what}: ${reason}`, MAX_REASON, at);
  });
  const rest = remarks.length - MAX_REMARKS;
  return { title: '', lines: rest > 0 ? [...shown, textLine('', cards.more(rest), MAX_NAME)] : shown };
}
