import type { CheckNotice } from '../../../incident/model/self-check.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { clip, MAX_TEXT } from '../card-text.ts';
import { type ChannelMessage, channelMessage, escapeMarkup } from './mention.ts';
import { messageTime, type Reader } from './message-time.ts';

/** Returns one message about every check that turned bad or was fixed, and a heartbeat when `heartbeatOf` is the time (ms) of a run. */
export function selfCheckText(
  notices: readonly CheckNotice[],
  heartbeatOf: number | null,
  reader: Reader,
): ChannelMessage {
  const { locale } = reader;
  const { selfCheck } = strings(locale);
  const heartbeat = heartbeatOf === null ? [] : [selfCheck.heartbeat(messageTime(heartbeatOf, reader))];
  return channelMessage([...notices.map((notice) => noticeText(notice, locale)), ...heartbeat]);
}

function noticeText({ kind, name, says, todo }: CheckNotice, locale: Locale): string {
  const { selfCheck } = strings(locale);
  if (kind === 'fixed') return selfCheck.fixed(name);
  const quoted = (text: string) => escapeMarkup(clip(text, MAX_TEXT));
  return [selfCheck.bad(name, quoted(says)), ...(todo === null ? [] : [selfCheck.todo(quoted(todo))])].join('\n\n');
}
