import type { ChannelMove, ChannelNotice } from '../../../incident/model/channel-move.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import type { ChannelMessage } from '../../ports.ts';
import type { Cloud } from '../../transport/cloud.ts';
import { clip, MAX_NAME } from '../card-text.ts';
import { channelLink } from '../links.ts';
import type { View } from '../view.ts';
import { channelMessage, escapeMarkup } from './mention.ts';
import { messageTime, type Reader } from './message-time.ts';

/** Returns the message about a proposal to post cards in another channel: who proposed which channel, and what to do. */
export function channelMoveText(notice: ChannelNotice, { locale, timeZone, cloud }: View): ChannelMessage {
  return channelMessage([sentence(notice, { locale, timeZone }, cloud)]);
}

function sentence(notice: ChannelNotice, reader: Reader, cloud: Cloud): string {
  const { locale } = reader;
  const { channelMove } = strings(locale);
  const { move } = notice;
  const proposer = name(move.by.name);
  switch (notice.kind) {
    case 'proposed':
      return channelMove.proposed(proposer, where(move, locale, cloud), move.code, messageTime(move.expiresAt, reader));
    case 'moved':
      return channelMove.moved(where(move, locale, cloud), proposer, name(notice.by.name));
    case 'kept':
      return channelMove.kept(proposer, name(notice.by.name));
  }
}

function where(move: ChannelMove, locale: Locale, cloud: Cloud): string {
  const { channelMove } = strings(locale);
  const link = channelLink(move, cloud);
  const id = escapeMarkup(move.to);
  return link === null ? channelMove.channel(id) : `[${channelMove.channel(id)}](${link})`;
}

function name(text: string): string {
  return escapeMarkup(clip(text, MAX_NAME));
}
