import { gzipSync } from 'node:zlib';
import { DAY_MS, HOUR_MS } from '../../../incident/model/duration.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import { changedByAccount, type Recommendation } from '../../../incident/model/recommendations.ts';
import { kqlText, kqlTime } from '../../../shared/kql.ts';
import { within } from '../links.ts';
import type { View } from '../view.ts';

const AFTER_MS = HOUR_MS;
/** How long advanced hunting keeps data, less the hour after the restriction. */
const CHANGES_BEFORE_MS = 29 * DAY_MS;
const ACCOUNT_BEFORE_MS = 7 * DAY_MS;
const MAIL_BEFORE_MS = 48 * HOUR_MS;

type Connector = NonNullable<Incident['connector']>;

/**
 * Returns the link to advanced hunting with the query of a recommendation: the connector's mail, its changes, or what the account
 * that changed it did. Null where the connector or the account is unknown, and where the tenant is known to lack the table of mail.
 * The portal accepts a query as gzipped UTF-16LE in base64url, as the links it shares show; Microsoft does not document it.
 */
export function huntingLink(id: Recommendation, incident: Incident, { cloud }: View): string | null {
  const { connector, findings = [] } = incident;
  const traffic = findings.find(({ check }) => check === 'traffic');
  const isUnlicensed = traffic?.statements.some(({ kind }) => kind === 'not_licensed') ?? false;
  const query = connector === null || isUnlicensed ? null : queryOf(id, incident, connector);
  if (query === null) return null;
  const encoded = gzipSync(Buffer.from(query, 'utf16le')).toString('base64url');
  return within(cloud, 'defender', `/v2/advanced-hunting?query=${encoded}&timeRangeId=month`);
}

function queryOf(id: Recommendation, { findings, openedAt }: Incident, connector: Connector): string | null {
  const at = connector.restrictedSince ?? openedAt;
  const account = changedByAccount(findings) ?? connector.changedBy?.by ?? null;
  switch (id) {
    case 'traffic_reviewed':
      return mailQuery(connector, at);
    case 'changes_reviewed':
      return changesQuery(connector, at);
    case 'admins_secured':
      return account === null ? null : accountQuery(account, at);
  }
}

/** Columns: Microsoft Defender XDR, EmailEvents. */
function mailQuery(connector: Connector, at: number): string {
  return [
    'EmailEvents',
    during(at - MAIL_BEFORE_MS, at),
    `| where ${namesOf(connector)
      .map((one) => `Connectors has ${kqlText(one)}`)
      .join(' or ')}`,
    '| project Timestamp, SenderIPv4, SenderMailFromDomain, SenderFromAddress, RecipientEmailAddress, Subject, ThreatTypes, DeliveryAction',
    '| order by Timestamp desc',
  ].join('\n');
}

/** Columns: Microsoft Defender XDR, CloudAppEvents, which has the audit records of Exchange Online. */
function changesQuery(connector: Connector, at: number): string {
  return [
    'CloudAppEvents',
    during(at - CHANGES_BEFORE_MS, at),
    '| where ActionType endswith "-InboundConnector"',
    `| where ${namesOf(connector)
      .map((one) => `tostring(RawEventData) has ${kqlText(one)}`)
      .join(' or ')}`,
    '| order by Timestamp desc',
  ].join('\n');
}

function accountQuery(account: string, at: number): string {
  return [
    'CloudAppEvents',
    during(at - ACCOUNT_BEFORE_MS, at),
    `| where tostring(RawEventData) has ${kqlText(account)}`,
    '| order by Timestamp desc',
  ].join('\n');
}

function during(from: number, at: number): string {
  return `| where Timestamp between (${kqlTime(from)} .. ${kqlTime(at + AFTER_MS)})`;
}

function namesOf({ id, name }: Connector): readonly string[] {
  return [id, ...(name === null || name.trim() === '' ? [] : [name])];
}
