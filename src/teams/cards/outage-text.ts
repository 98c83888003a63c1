import type { OutageNotice } from '../../incident/model/outage.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { ChannelMessage } from './mention.ts';
import { durationText, messageTime } from './message-time.ts';

/** One message about every source that is newly away or back. */
export function outageText(notices: readonly OutageNotice[], locale: Locale): ChannelMessage {
  return { text: notices.map((notice) => noticeText(notice, locale)).join('\n\n'), entities: [] };
}

function noticeText(notice: OutageNotice, locale: Locale): string {
  const { outage } = strings(locale);
  const { source, since } = notice;
  if (notice.kind === 'away')
    return outage[notice.unreachable ? 'away' : 'notWhole'](source, messageTime(since, locale));
  const { until } = notice;
  return outage.back(source, messageTime(until, locale), durationText(until - since, locale));
}
