import type { AdaptiveCard } from '../../src/teams/cards/card.ts';
import { renderHelp, renderWelcome, retiredCard } from '../../src/teams/cards/chat-card.ts';
import { renderConnector, renderHistory } from '../../src/teams/cards/connectors-card.ts';
import { drillProposal } from '../../src/teams/cards/messages/drill-text.ts';
import { renderConnectors } from '../../src/teams/cards/status-card.ts';
import type { Locale } from '../../src/teams/locales/locale.ts';
import { everyState } from '../unit/teams/card-states.ts';
import { statusOf } from '../unit/teams/status-of.ts';

const LINK = 'https://teams.microsoft.com/l/message/19%3Aadmin/1?tenantId=t&parentMessageId=1';
const DAYS_SINCE_DRILL = 97;

/** Every card that answers a question or is posted without an incident, by what it is of. */
export function chatCards(locale: Locale): Readonly<Record<string, AdaptiveCard>> {
  const { restricted, awaiting_confirmation, rejected, unblocked, closed } = everyState();
  const past = [restricted, rejected, unblocked, closed].filter((incident) => incident !== undefined);
  const links = new Map(['incident-0', 'incident-1', ...past.map(({ id }) => id)].map((id) => [id, LINK]));
  const all = statusOf(60, 2);
  const [first] = all.connectors;
  const nothing = { ...statusOf(0, 0), readAt: null };
  const failing = { state: 'failing', succeededAt: null, reason: 'Exchange 503' } as const;
  const waiting = { state: 'waiting', succeededAt: null, reason: null } as const;
  const signals = nothing.watch.signals ?? [];
  const started = { ...nothing, watch: { ...nothing.watch, signals: signals.map((it) => ({ ...it, ...waiting })) } };
  const failed = signals.map((it) => (it.name === 'exchange' ? { ...it, ...failing } : it));
  const unread = { ...nothing, incompleteReason: failing.reason, watch: { ...nothing.watch, signals: failed } };
  return {
    'status of 60': renderConnectors(all, locale, { links }),
    'status of 1,000': renderConnectors(statusOf(1_000, 2), locale, { links }),
    'status of 1,000, page 2': renderConnectors(statusOf(1_000, 2), locale, { listing: { filter: 'bad', page: 2 } }),
    'status when nothing is restricted': renderConnectors(statusOf(5, 0), locale),
    'status before the first reading': renderConnectors(started, locale),
    'status without a reading': renderConnectors(unread, locale),
    ...(first && {
      'one connector': renderConnector({ ...first, incident: awaiting_confirmation ?? null }, all, locale),
    }),
    history: renderHistory(past, null, locale, { links }),
    'history of nothing': renderHistory([], 'Rlay', locale, { near: ['Relay 0001'] }),
    help: renderHelp(locale, true),
    'help when not understood': renderHelp(locale, false),
    welcome: renderWelcome(locale, false),
    retired: retiredCard(locale).card,
    'proposal of a drill': drillProposal(DAYS_SINCE_DRILL, locale).card,
  };
}
