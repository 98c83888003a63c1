import type { NotedAnchor, TrailBreak, TrailNotice } from '../../incident/model/trail.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { clip, MAX_NAME, MAX_REASON, MAX_TEXT } from './card-text.ts';
import { type ChannelMessage, escapeMarkup } from './mention.ts';
import { messageTime } from './message-time.ts';

const MAX_ANCHORS = 5;

/** What the channel is told of the audit trail: what is wrong and what to do, who accepted it, or what was restored. */
export function trailText(notice: TrailNotice, locale: Locale): ChannelMessage {
  return { text: linesOf(notice, locale).join('\n\n'), entities: [] };
}

function linesOf(notice: TrailNotice, locale: Locale): readonly string[] {
  const { trail } = strings(locale);
  switch (notice.kind) {
    case 'broken':
      return [...brokenLines(notice.found, locale), trail.decide];
    case 'accepted': {
      const { by, because, at } = notice;
      const reason = trail.because(escapeMarkup(clip(because, MAX_REASON)));
      return [trail.accepted(escapeMarkup(clip(by, MAX_NAME)), messageTime(at, locale)), reason];
    }
    case 'guards_restored':
      return [trail.guardsRestored(escapeMarkup(notice.guards.join(', ')))];
    case 'database_lost':
      return [trail.lost[notice.loss], trail.afterLoss];
  }
}

function brokenLines({ fault, anchors, foundAt }: TrailBreak, locale: Locale): readonly string[] {
  const { trail } = strings(locale);
  const since = messageTime(foundAt, locale);
  const first =
    fault === null
      ? trail.anchorsKnownSince(since)
      : trail.fault(fault.seq, escapeMarkup(clip(trail.reason(fault.reason), MAX_TEXT)), since);
  const shown = anchors.slice(0, MAX_ANCHORS).map((anchor) => anchorLine(anchor, locale));
  const rest = anchors.length - shown.length;
  return [first, ...shown, ...(rest > 0 ? [trail.more(rest)] : [])];
}

function anchorLine({ seq, alertId, author }: NotedAnchor, locale: Locale): string {
  const { trail } = strings(locale);
  if (alertId === null) return trail.remembered(seq);
  return trail.contradicted(seq, escapeMarkup(clip(author, MAX_NAME)), escapeMarkup(clip(alertId, MAX_NAME)));
}
