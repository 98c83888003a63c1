import type { OutageNotice } from '../../../incident/model/outage.ts';
import type { CheckNotice } from '../../../incident/model/self-check.ts';
import type { NotedAnchor, TrailBreak, TrailNotice } from '../../../incident/model/trail.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import type { ChannelMessage } from '../../ports.ts';
import { clip, MAX_NAME, MAX_REASON, MAX_TEXT } from '../card-text.ts';
import { channelMessage, escapeMarkup } from './mention.ts';
import { durationText, messageTime, type Reader } from './message-time.ts';

/** Returns one message about every source that became unavailable or is back, and what to do while one is unavailable. */
export function outageText(notices: readonly OutageNotice[], reader: Reader): ChannelMessage {
  const { meanwhile } = strings(reader.locale).outage;
  const lines = notices.map((notice) => outageLine(notice, reader));
  return channelMessage([...lines, ...(notices.some(({ kind }) => kind === 'away') ? [meanwhile] : [])]);
}

function outageLine(notice: OutageNotice, reader: Reader): string {
  const { outage } = strings(reader.locale);
  const { source, since } = notice;
  if (notice.kind === 'away')
    return outage[notice.unreachable ? 'away' : 'notWhole'](source, messageTime(since, reader));
  const { until } = notice;
  return outage.back(source, messageTime(until, reader), durationText(until - since, reader.locale));
}

/** Returns one message about every check that turned bad or was fixed, and a heartbeat when `heartbeatOf` is the time (ms) of a run. */
export function selfCheckText(
  notices: readonly CheckNotice[],
  heartbeatOf: number | null,
  reader: Reader,
): ChannelMessage {
  const { locale } = reader;
  const { selfCheck } = strings(locale);
  const heartbeat = heartbeatOf === null ? [] : [selfCheck.heartbeat(messageTime(heartbeatOf, reader))];
  return channelMessage([...notices.map((notice) => checkText(notice, locale)), ...heartbeat]);
}

function checkText({ kind, name, says, todo }: CheckNotice, locale: Locale): string {
  const { selfCheck } = strings(locale);
  if (kind === 'fixed') return selfCheck.fixed(name);
  const quoted = (text: string) => escapeMarkup(clip(text, MAX_TEXT));
  return [selfCheck.bad(name, quoted(says)), ...(todo === null ? [] : [selfCheck.todo(quoted(todo))])].join('\n\n');
}

const MAX_ANCHORS = 5;

/** Returns the message about the audit trail: what is wrong and what to do, who accepted it, or what was restored. */
export function trailText(notice: TrailNotice, reader: Reader): ChannelMessage {
  return channelMessage(linesOf(notice, reader));
}

function linesOf(notice: TrailNotice, reader: Reader): readonly string[] {
  const { trail } = strings(reader.locale);
  switch (notice.kind) {
    case 'broken':
      return [...brokenLines(notice.found, reader), trail.decide];
    case 'accepted': {
      const { by, because, at } = notice;
      const reason = trail.because(escapeMarkup(clip(because, MAX_REASON)));
      return [trail.accepted(escapeMarkup(clip(by, MAX_NAME)), messageTime(at, reader)), reason];
    }
    case 'guards_restored':
      return [trail.guardsRestored(escapeMarkup(notice.guards.join(', ')))];
    case 'database_lost':
      return [trail.lost[notice.loss], trail.afterLoss];
  }
}

function brokenLines({ fault, anchors, foundAt }: TrailBreak, reader: Reader): readonly string[] {
  const { trail } = strings(reader.locale);
  const since = messageTime(foundAt, reader);
  const first =
    fault === null
      ? trail.anchorsKnownSince(since)
      : trail.fault(fault.seq, escapeMarkup(clip(trail.reason(fault.reason), MAX_TEXT)), since);
  const shown = anchors.slice(0, MAX_ANCHORS).map((anchor) => anchorLine(anchor, reader));
  const rest = anchors.length - shown.length;
  return [first, ...shown, ...(rest > 0 ? [trail.more(rest)] : [])];
}

function anchorLine({ seq, alertId, author }: NotedAnchor, reader: Reader): string {
  const { trail } = strings(reader.locale);
  if (alertId === null) return trail.remembered(seq);
  return trail.contradicted(seq, escapeMarkup(clip(author, MAX_NAME)), escapeMarkup(clip(alertId, MAX_NAME)));
}
