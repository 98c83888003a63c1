import { actToReview, currentAct } from '../../incident/model/break-glass-acts.ts';
import { type DisplayState, displayState } from '../../incident/model/display-state.ts';
import { isDrill } from '../../incident/model/drill.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import { cardTime, literal, MAX_NAME } from './card-text.ts';
import { alertLink } from './links.ts';
import { durationText } from './messages/message-time.ts';
import type { View } from './view.ts';

/** Returns the connector's name, cut to what a card can show. */
export function connectorName({ connector }: Incident, locale: Locale): string {
  const { cards } = strings(locale);
  if (connector === null) return cards.unknownConnector;
  if (connector.raw !== undefined && connector.name === null) return cards.withoutId.name;
  return connector.name === null ? `${cards.unnamedConnector} ${connector.id}` : literal(connector.name, MAX_NAME);
}

/** Returns one line for notifications. Their end is cut off, so the connector's name comes first. */
export function summaryOf(incident: Incident, view: View): string {
  const { summary } = strings(view.locale).cards;
  return summary(connectorName(incident, view.locale), headlineOf(incident, view));
}

/** Returns the text for screen readers and for clients that cannot show the card: the state, and what is next. */
export function spokenOf(incident: Incident, view: View): string {
  const { spoken } = strings(view.locale).cards;
  return spoken(connectorName(incident, view.locale), headlineOf(incident, view), nextOf(incident, view));
}

export function headlineOf(incident: Incident, view: View): string {
  const { headlines, dryRunOver, call } = strings(view.locale).cards;
  const state = displayState(incident);
  if (state === 'unblock_failed' && view.unblockMode === 'dry-run') return dryRunOver;
  if (state !== 'verifying' && state !== 'break_glass_verifying') return headlines[state];
  if (incident.unblockCall?.outcome === 'busy') return call.busyHeadlines[state];
  return modeTexts(view)?.headline ?? headlines[state];
}

/** Returns one sentence on what the state means for mail; of a drill, which concerns no mail, only that it is over. */
export function meaningOf(incident: Incident, view: View): string {
  const { cards, drills } = strings(view.locale);
  const { meaning, endings } = cards;
  const { ending } = incident;
  const state = displayState(incident);
  if (isDrill(incident)) return incident.endedAt === null ? '' : drills.ended;
  if (state === 'unblocked' || state === 'closed') return ending === null ? '' : endings[ending];
  const texts = modeTexts(view);
  return texts !== null && isCarriedOut(state) ? texts[state] : meaning[state];
}

/** Returns one sentence on what happens next; empty when there is nothing to wait for or to do. */
export function nextOf(incident: Incident, view: View): string {
  const { next, withoutId } = strings(view.locale).cards;
  const { state, connector, endedAt } = incident;
  if (connector?.raw !== undefined && endedAt === null) return withoutId.explanation;
  if (view.role === 'approver') return next.awaiting_yours;
  switch (state) {
    case 'alerted':
      return alertLink(incident) === null ? next.alertedWithoutLink : next.alerted;
    case 'restricted':
    case 'awaiting_confirmation':
    case 'break_glass_waiting':
      return next[state];
    case 'unblock_failed':
      return next[failedStep(incident, view)];
    case 'verifying':
      return modeTexts(view) === null ? next.verifying : '';
    case 'unblocked':
    case 'closed':
      return actToReview(incident) === null ? '' : next.review;
    default:
      return '';
  }
}

function failedStep({ unblockCall }: Incident, { unblockMode }: View) {
  if (unblockMode === 'dry-run') return 'dry_run_over';
  return unblockCall?.outcome === 'refused' ? 'unblock_refused' : 'unblock_failed';
}

/** Returns since when the restriction lasts, and until when people can act; or how long it lasted. The card draws the times. */
export function timesOf(incident: Incident, locale: Locale): readonly { readonly text: string }[] {
  const { breakGlass, cards } = strings(locale);
  const { facts, approval: texts } = cards;
  const { connector, openedAt, endedAt, state, approval } = incident;
  const since = connector?.restrictedSince ?? openedAt;
  if (endedAt !== null && connector !== null)
    return [{ text: `${facts.lasted(durationText(endedAt - since, locale))} ${cardTime(endedAt)}` }];
  const label = connector === null || connector.restrictedSince === null ? facts.firstSeen : facts.since;
  const expires =
    state === 'awaiting_confirmation' && approval !== null ? [deadline(texts.expires, approval.expiresAt)] : [];
  const act = state === 'break_glass_waiting' ? currentAct(incident) : null;
  const acts = act === null ? [] : [deadline(breakGlass.actsAt, act.actsAt)];
  return [{ text: `${label} ${cardTime(since)}` }, ...expires, ...acts];
}

function deadline(label: string, ms: number) {
  return { text: `**${label} ${cardTime(ms)}**` };
}

/** Returns the texts of the modes in which this service does not call Exchange; null in the others. */
export function modeTexts({ locale, unblockMode }: View): Strings['cards']['modes']['manual'] | null {
  const { modes } = strings(locale).cards;
  return unblockMode === 'manual' || unblockMode === 'dry-run' ? modes[unblockMode] : null;
}

type CarriedOut = 'unblocking' | 'verifying' | 'break_glass_unblocking' | 'break_glass_verifying' | 'unblock_failed';

function isCarriedOut(state: DisplayState): state is CarriedOut {
  return ['unblocking', 'verifying', 'break_glass_unblocking', 'break_glass_verifying', 'unblock_failed'].includes(
    state,
  );
}
