import { gzipSync } from 'node:zlib';
import type { Incident } from '../../incident/model/incident.ts';
import { kqlText, kqlTime } from '../../shared/kql.ts';
import { within } from './links.ts';
import type { View } from './view.ts';

const HOUR_MS = 3_600_000;
const BEFORE_MS = 48 * HOUR_MS;
const AFTER_MS = HOUR_MS;

/**
 * Returns a link to advanced hunting with this connector's mail around the restriction; null without a connector, and where
 * the tenant is known to lack the table. The portal accepts the query gzipped as UTF-16LE in base64url, as links that it
 * shares show; Microsoft documents this nowhere.
 */
export function huntingLink(
  { connector, findings = [], openedAt }: Incident,
  { cloud = 'public' }: View,
): string | null {
  const traffic = findings.find(({ check }) => check === 'traffic');
  const isUnlicensed = traffic?.statements.some(({ kind }) => kind === 'not_licensed') ?? false;
  if (connector === null || isUnlicensed) return null;
  const query = mailQuery(connector, connector.restrictedSince ?? openedAt);
  const encoded = gzipSync(Buffer.from(query, 'utf16le')).toString('base64url');
  return within(cloud, 'defender', `/v2/advanced-hunting?query=${encoded}&timeRangeId=month`);
}

function mailQuery({ id, name }: NonNullable<Incident['connector']>, at: number): string {
  const called = [id, ...(name === null || name.trim() === '' ? [] : [name])];
  return [
    'EmailEvents',
    `| where Timestamp between (${kqlTime(at - BEFORE_MS)} .. ${kqlTime(at + AFTER_MS)})`,
    `| where ${called.map((one) => `Connectors has ${kqlText(one)}`).join(' or ')}`,
    '| project Timestamp, SenderIPv4, SenderMailFromDomain, SenderFromAddress, RecipientEmailAddress, Subject, ThreatTypes, DeliveryAction',
    '| order by Timestamp desc',
  ].join('\n');
}
