/** What somebody asked for in a chat. */
export type Command =
  | { readonly kind: 'status' | 'history'; readonly name: string | null }
  | { readonly kind: 'help' | 'watch_here' | 'greeting' | 'unknown' };

type Pattern = readonly [RegExp, (name: string | null) => Command];

const PATTERNS: readonly Pattern[] = [
  [
    /^(?:status connectors?|connectors? status|(?:受信)?コネクタ(?:ー)?の?(?:状態|ステータス)|状態)(?:\s+(.+))?$/iu,
    (name) => ({ kind: 'status', name }),
  ],
  [/^(?:history|履歴)(?:\s+(.+))?$/iu, (name) => ({ kind: 'history', name })],
  [/^(?:watch here|ここに(?:通知|投稿)(?:して)?|ここで監視(?:して)?)$/iu, () => ({ kind: 'watch_here' })],
  [/^(?:help|\?|ヘルプ|使い方)$/iu, () => ({ kind: 'help' })],
  [/^(?:hi|hello|hey|こんにちは|はじめまして)[!.。!]*$/iu, () => ({ kind: 'greeting' })],
];

/** Reads a message to the bot, with or without a mention; names keep their case. */
export function parseCommand(text: string): Command {
  const said = plain(text);
  for (const [pattern, command] of PATTERNS) {
    const match = pattern.exec(said);
    if (match !== null) return command(match[1] === undefined ? null : unquoted(match[1]));
  }
  return { kind: 'unknown' };
}

/** Without mentions and tags; full-width letters and odd spaces as people mean them. */
function plain(text: string): string {
  const withoutTags = text
    .replaceAll(/<at[^>]*>.*?<\/at>/gisu, ' ')
    .replaceAll(/<\/?(?:p|div|br|span)[^>]*>|&nbsp;/giu, ' ');
  return unescaped(withoutTags).normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function unquoted(name: string): string {
  return name.trim().replace(/^(["'「<])(.+)(["'」>])$/u, '$2');
}
