import type { Incident } from '../../incident/model/incident.ts';
import { strings } from '../locales/locale.ts';
import type { Cloud } from '../transport/cloud.ts';
import { codeLine, type Line, linkLine, type Section, textLine, timeLine } from './card-lines.ts';
import { MAX_TEXT } from './card-text.ts';
import { restrictedEntities, unblockCommand } from './links.ts';
import { unblockReason } from './records.ts';
import type { View } from './view.ts';

/**
 * What asking Exchange has led to so far, and what people have to do themselves. No command before people have been checked
 * again: whoever sees it can run it.
 */
export function outcomeSections(incident: Incident, view: View): readonly Section[] {
  const { state } = incident;
  if (state === 'unblock_failed') return [{ title: '', lines: failureLines(incident, view) }];
  if (state !== 'verifying' && state !== 'break_glass_verifying') return [];
  return [{ title: '', lines: progressLines(incident, view) }];
}

function progressLines(incident: Incident, { locale, unblockMode, cloud = 'public' }: View): readonly Line[] {
  const { cards } = strings(locale);
  const call = incident.unblockCall;
  // Not before both people have been checked again: whoever sees the command can run it.
  const called = incident.state !== 'unblocking' && incident.state !== 'break_glass_unblocking';
  if (!called || call === null || unblockMode === 'dry-run') return [];
  if (unblockMode === 'manual') {
    const { verifyBy } = incident;
    const until = verifyBy === null ? [] : [timeLine(cards.modes.manual.until, verifyBy)];
    return [...byHand(incident, cards.portal, cloud), ...until];
  }
  return [textLine('', call.outcome === 'unknown' ? cards.call.unknown : cards.call.accepted, MAX_TEXT)];
}

function failureLines(incident: Incident, { locale, cloud = 'public' }: View): readonly Line[] {
  const { call, portal } = strings(locale).cards;
  const failed = incident.unblockCall;
  const refused = failed?.outcome === 'refused';
  return [
    refused ? textLine(call.refused, failed.words ?? '', MAX_TEXT) : textLine('', call.notLifted, MAX_TEXT),
    textLine('', call.next, MAX_TEXT),
    ...byHand(incident, portal, cloud),
  ];
}

function byHand(incident: Incident, portal: string, cloud: Cloud): readonly Line[] {
  const id = incident.connector?.id;
  const command = id === undefined ? [] : [codeLine(unblockCommand(id, unblockReason(incident)))];
  return [...command, ...linkLine(portal, restrictedEntities(cloud))];
}
