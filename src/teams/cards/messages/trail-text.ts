import type { NotedAnchor, TrailBreak, TrailNotice } from '../../../incident/model/trail.ts';
import { strings } from '../../locales/locale.ts';
import { clip, MAX_NAME, MAX_REASON, MAX_TEXT } from '../card-text.ts';
import { type ChannelMessage, channelMessage, escapeMarkup } from './mention.ts';
import { messageTime, type Reader } from './message-time.ts';

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
