import { changedRecently } from '../../incident/model/attestation.ts';
import type { Incident, LinkedAlert, RestrictedConnector } from '../../incident/model/incident.ts';
import type { Strings } from '../locales/locale.ts';
import { eventLine, type Line, linkLine, type Section, textLine, timeLine, warningLine } from './card-lines.ts';
import { MAX_NAME, MAX_REASON, MAX_TEXT, shortName, valueText } from './card-text.ts';

type CardStrings = Strings['cards'];

const MAX_ALERTS = 3;
const MAX_REMARKS = 5;

/** What was restricted, since when, and what of its configuration matters for judging it. */
export function connectorSection(incident: Incident, cards: CardStrings): Section {
  const { connector, openedAt, endedAt, previousIncidentId } = incident;
  if (connector === null) return { title: '', lines: [timeLine(cards.facts.firstSeen, openedAt)] };
  const { facts } = cards;
  const strings = connector.restrictionReason;
  const since = connector.restrictedSince;
  return {
    title: '',
    lines: [
      since === null ? timeLine(facts.firstSeen, openedAt) : timeLine(facts.since, since),
      ...(connector.restrictedUntil === null || endedAt !== null
        ? []
        : [timeLine(facts.until, connector.restrictedUntil)]),
      ...(strings === null ? [] : [textLine(facts.exchangeSays, strings, MAX_TEXT)]),
      textLine(facts.connectorId, connector.id, MAX_NAME),
      ...configurationLines(connector, endedAt === null && changedRecently(incident) === true, cards),
      ...(previousIncidentId === null ? [] : [textLine('', cards.previousIncident, MAX_TEXT)]),
    ],
  };
}

function configurationLines(connector: RestrictedConnector, recent: boolean, cards: CardStrings): readonly Line[] {
  const { facts, matches } = cards;
  const { configuration, createdAt, changedAt, match } = connector;
  const isMatched = match === 'guid';
  const matchLine = isMatched ? [] : [textLine(facts.match, matches[match], MAX_TEXT)];
  if (configuration === null) return matchLine;
  const value = (property: string) => valueText(configuration[property], cards);
  return [
    ...matchLine,
    textLine(facts.senderIps, value('SenderIPAddresses'), MAX_REASON),
    textLine(facts.senderDomains, value('SenderDomains'), MAX_REASON),
    textLine(facts.certificate, value('TlsSenderCertificateName'), MAX_REASON),
    textLine(facts.requireTls, value('RequireTls'), MAX_NAME),
    ...(createdAt === null ? [] : [timeLine(facts.created, createdAt)]),
    ...(changedAt === null ? [] : [timeLine(facts.changed, changedAt)]),
    ...changedByLines(connector, cards),
    ...(recent ? [warningLine(`${facts.changed}: ${cards.changedRecently}`)] : []),
  ];
}

/** Who changed it last, where the audit log says so. */
function changedByLines({ changedBy }: RestrictedConnector, { facts }: CardStrings): readonly Line[] {
  if (changedBy === undefined) return [];
  const { by, operation, at } = changedBy;
  return [{ ...eventLine(`${by} (${operation})`, MAX_NAME * 2, at), label: facts.changedBy }];
}

export function alertSection({ alerts, endedAt }: Incident, cards: CardStrings): Section {
  const shown = alerts.slice(-MAX_ALERTS).flatMap((alert) => alertLines(alert, endedAt !== null, cards));
  const rest = alerts.length - MAX_ALERTS;
  return { title: '', lines: rest > 0 ? [...shown, textLine('', cards.more(rest), MAX_NAME)] : shown };
}

/** Of an incident that is over the alert's status is left out: it is about to be resolved, and nothing here says when it was. */
function alertLines(alert: LinkedAlert, over: boolean, cards: CardStrings): readonly Line[] {
  const standing = over ? alert.severity : `${alert.severity}, ${alert.status}`;
  return [
    {
      ...eventLine(`${alert.title} (${standing})`, MAX_TEXT, alert.createdAt),
      label: cards.facts.alert,
    },
    ...linkLines(alert, cards),
    ...linkLine(cards.openAlert, alert.webUrl),
  ];
}

function linkLines({ link, namedBy }: LinkedAlert, cards: CardStrings): readonly Line[] {
  if (link === 'nearness') return [warningLine(cards.linkedByTime)];
  return namedBy === undefined ? [] : [textLine('', cards.linkedByName(namedBy), MAX_NAME * 2)];
}

/** Who is looking at it, and who wants it to stay restricted. */
export function remarkSection({ remarks }: Incident, cards: CardStrings): Section {
  const shown = remarks.slice(-MAX_REMARKS).map(({ kind, by, at, reason }) => {
    const what = cards.remarks[kind](shortName(by));
    return eventLine(reason === null ? what : `${what}: ${reason}`, MAX_REASON, at);
  });
  const rest = remarks.length - MAX_REMARKS;
  return { title: '', lines: rest > 0 ? [...shown, textLine('', cards.more(rest), MAX_NAME)] : shown };
}
