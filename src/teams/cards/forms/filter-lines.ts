import type { Incident } from '../../../incident/model/incident.ts';
import { changedByAccount, type Recommendation } from '../../../incident/model/recommendations.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { copiedLine, type Line } from '../card-lines.ts';

const MAX_ADDRESSES = 6;

/**
 * Returns what to paste into the page that a recommendation opens. Microsoft documents no address with a filter for any of
 * these pages.
 */
export function filterLines(id: Recommendation, incident: Incident, locale: Locale): readonly Line[] {
  const value = filterOf(id, incident);
  return value === '' ? [] : [copiedLine(strings(locale).cards.filterBy[id], value)];
}

function filterOf(id: Recommendation, { connector, findings }: Incident): string {
  switch (id) {
    case 'traffic_reviewed': {
      const addresses = connector?.configuration?.SenderIPAddresses;
      return Array.isArray(addresses) ? addresses.slice(0, MAX_ADDRESSES).join(', ') : '';
    }
    case 'changes_reviewed':
      return connector?.name ?? '';
    case 'admins_secured':
      return changedByAccount(findings) ?? connector?.changedBy?.by ?? '';
  }
}
