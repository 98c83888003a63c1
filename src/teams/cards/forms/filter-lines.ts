import type { Incident } from '../../../incident/model/incident.ts';
import { changedByAccount, type Recommendation } from '../../../incident/model/recommendations.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { copiedLine, type Line, plainLine } from '../card-lines.ts';
import { sendingDomains } from './sending-domains.ts';

const MAX_DOMAINS = 6;

/**
 * Returns what to choose on the page that a recommendation opens, and what to paste there. Microsoft documents no address with a
 * filter for any of these pages.
 */
export function filterLines(id: Recommendation, incident: Incident, locale: Locale): readonly Line[] {
  if (id === 'traffic_reviewed') return traceLines(incident, locale);
  const { connector, findings } = incident;
  const account = changedByAccount(findings) ?? connector?.changedBy?.by ?? '';
  const value = id === 'changes_reviewed' ? (connector?.name ?? '') : account;
  return value === '' ? [] : [copiedLine(strings(locale).cards.filterBy[id], value)];
}

/**
 * Returns how to find a connector's mail in message trace, where the results appear at once. A filter by the original client IP
 * address is possible only in reports that take up to several hours and commonly lack the last four. A sender can be a wildcard
 * such as `*@contoso.com`, one at a time (Exchange Online, "Message trace in the new Exchange admin center").
 */
function traceLines(incident: Incident, locale: Locale): readonly Line[] {
  if (incident.connector === null) return [];
  const { anyDomain, eachDomain } = strings(locale).cards.traceBy;
  const domains = sendingDomains(incident).slice(0, MAX_DOMAINS);
  if (domains.length === 0) return [plainLine(anyDomain)];
  return [plainLine(eachDomain), ...domains.map((domain) => copiedLine('', `*@${domain}`))];
}
