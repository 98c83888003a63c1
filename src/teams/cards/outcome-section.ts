import type { Incident } from '../../incident/model/incident.ts';
import { strings } from '../locales/locale.ts';
import type { Cloud } from '../transport/cloud.ts';
import { codeLine, type Line, linkLine, plainLine, textLine, timeLine } from './card-lines.ts';
import { MAX_TEXT } from './card-text.ts';
import { restrictedEntities, unblockCommand } from './links.ts';
import { unblockReason } from './records.ts';
import type { View } from './view.ts';

/** Returns the outcome of calling Exchange so far; in mode `manual`, what people have to do. */
export function outcomeLines(incident: Incident, view: View): readonly Line[] {
  const { state } = incident;
  if (state === 'unblock_failed') return failureLines(incident, view);
  return state === 'verifying' ? progressLines(incident, view) : [];
}

/**
 * Returns the progress of the call. In mode `manual`, the command appears only after both people were checked again, because
 * anyone who sees it can run it.
 */
function progressLines(incident: Incident, { locale, unblockMode, cloud }: View): readonly Line[] {
  const { cards } = strings(locale);
  const { unblockCall: call, verifyBy } = incident;
  if (call === null || unblockMode === 'dry-run') return [];
  if (unblockMode === 'manual') {
    const until = verifyBy === null ? [] : [timeLine(cards.modes.manual.until, verifyBy)];
    return [...byHandLines(incident, cards.portal, cloud), ...until];
  }
  if (call.outcome === 'busy')
    return [plainLine(cards.call.busy), ...(verifyBy === null ? [] : [timeLine(cards.call.busyUntil, verifyBy)])];
  return [plainLine(call.outcome === 'unknown' ? cards.call.unknown : cards.call.accepted)];
}

function failureLines({ unblockCall: failed }: Incident, { locale }: View): readonly Line[] {
  const { call } = strings(locale).cards;
  if (failed?.outcome === 'refused') return [textLine(call.refused, failed.words ?? '', MAX_TEXT)];
  return [plainLine(failed?.outcome === 'busy' ? call.notLiftedBusy : call.notLifted)];
}

/** Returns the command that lifts the restriction, and the page on which a person can do the same. */
export function byHandLines(incident: Incident, portal: string, cloud: Cloud): readonly Line[] {
  const id = incident.connector?.id;
  const command = id === undefined ? [] : [codeLine(unblockCommand(id, unblockReason(incident)))];
  return [...command, ...linkLine(portal, restrictedEntities(cloud))];
}
