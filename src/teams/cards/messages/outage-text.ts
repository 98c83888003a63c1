import type { OutageNotice } from '../../../incident/model/outage.ts';
import { strings } from '../../locales/locale.ts';
import { type ChannelMessage, channelMessage } from './mention.ts';
import { durationText, messageTime, type Reader } from './message-time.ts';

/** Returns one message about every source that became unavailable or is back. */
export function outageText(notices: readonly OutageNotice[], reader: Reader): ChannelMessage {
  return channelMessage(notices.map((notice) => noticeText(notice, reader)));
}

function noticeText(notice: OutageNotice, reader: Reader): string {
  const { outage } = strings(reader.locale);
  const { source, since } = notice;
  if (notice.kind === 'away')
    return outage[notice.unreachable ? 'away' : 'notWhole'](source, messageTime(since, reader));
  const { until } = notice;
  return outage.back(source, messageTime(until, reader), durationText(until - since, reader.locale));
}
