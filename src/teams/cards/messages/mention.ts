import type { ChannelMessage, Mentioned } from '../../ports.ts';
import { clip, MAX_NAME, oneLine } from '../card-text.ts';

/** Creates a message of paragraphs, in which these people are mentioned. */
export function channelMessage(paragraphs: readonly string[], mentioned: readonly Mentioned[] = []): ChannelMessage {
  return { text: paragraphs.join('\n\n'), entities: mentioned.map((one) => mention(one).entity) };
}

/** Returns the mentions of people as they stand in a text, separated by commas. */
export function mentionText(mentioned: readonly Mentioned[]): string {
  return mentioned.map((one) => mention(one).text).join(', ');
}

/** Places where Teams recognizes an address in a text: after a scheme, after `www`, and in a host name. */
const IN_ADDRESSES = /:(?=\/\/)|\bwww(?=\.)|(?<=[\p{L}\p{N}_-])\.(?=\p{L})/giu;
const ZERO_WIDTH_SPACE = '\u200b';

/** Returns outside text in which Teams recognizes no link; it reads the same. */
export function unlinked(text: string): string {
  return text.replaceAll(IN_ADDRESSES, `$&${ZERO_WIDTH_SPACE}`);
}

/** Returns outside text for a message: neither Markdown nor markup nor a link. */
export function escapeMarkup(text: string): string {
  const plain = unlinked(oneLine(text)).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return plain.replaceAll(/[\\`*_~[\]#|]/gu, (character) => `\\${character}`);
}

/** Returns a mention as Teams requires it: the same text in the message and in its entity (Teams: mentions in bot messages). */
export function mention({ id, name, type }: Mentioned): { readonly text: string; readonly entity: object } {
  const letters = name.replaceAll(/[<>&*_`~[\]()\\]/gu, ' ').replaceAll('://', ' ');
  const plain = clip(oneLine(letters), MAX_NAME);
  const text = `<at>${plain}</at>`;
  return {
    text,
    entity: { type: 'mention', text, mentioned: { id, name: plain, ...(type === undefined ? {} : { type }) } },
  };
}
