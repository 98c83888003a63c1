import type { ChannelCommand } from './channel-choice.ts';
import { correctedCommand } from './similar-commands.ts';

/** A decision that is typed instead of pressed. The text of `approve` begins with a connector's name or with a code. */
export type DecisionCommand =
  | { readonly kind: 'approve'; readonly text: string | null }
  | {
      readonly kind: 'confirm' | 'reject' | 'withdraw' | 'ask';
      readonly code: string | null;
      /** The text after the code. */
      readonly reason: string | null;
    }
  | { readonly kind: 'stop_break_glass'; readonly code: string | null };

/** A command typed in a chat. */
export type Command =
  | DecisionCommand
  | { readonly kind: 'status' | 'history' | 'check' | 'report'; readonly name: string | null }
  | { readonly kind: 'drill'; readonly stop: boolean }
  | ChannelCommand
  | { readonly kind: 'help' | 'greeting' | 'thanks' | 'unknown' };

type Pattern = readonly [RegExp, (name: string | null) => Command];

const MAX_MESSAGE = 1_000;

const PATTERNS: readonly Pattern[] = [
  [messageOf('status|ステータス'), () => ({ kind: 'status', name: null })],
  [
    messageOf('status connectors?|connectors? status|(?:受信)?コネクター? ?の? ?(?:状態|ステータス)|状態', ' (.+)'),
    (name) => ({ kind: 'status', name }),
  ],
  [
    messageOf('check connectors?|connectors? check|(?:受信)?コネクター? ?の? ?(?:点検|チェック)|点検', ' (.+)'),
    (name) => ({ kind: 'check', name }),
  ],
  [messageOf('history|履歴', ' (.+)'), (name) => ({ kind: 'history', name })],
  [messageOf('report|レポート|報告書', ' (.+)'), (name) => ({ kind: 'report', name })],
  [
    messageOf('watch here|(?:ここ[にへ](?:通知|投稿)|ここで監視)(?:して(?:ください)?)?'),
    () => ({ kind: 'watch_here' }),
  ],
  [
    messageOf('confirm (?:the )?channel|チャネルの?変更を承認(?:して(?:ください)?)?', ' (.+)'),
    (code) => ({ kind: 'confirm_channel', code: code ?? '' }),
  ],
  [
    messageOf('reject (?:the )?channel|チャネルの?変更を却下(?:して(?:ください)?)?', ' (.+)'),
    (code) => ({ kind: 'reject_channel', code: code ?? '' }),
  ],
  [
    messageOf('(?:approve|unblock)(?: connector)?|承認(?:して(?:ください)?)?|ブロック解除', ' (.+)'),
    (text) => ({ kind: 'approve', text }),
  ],
  [messageOf('confirm|最終承認(?:して(?:ください)?)?', ' (.+)'), (text) => ending('confirm', text)],
  [messageOf('reject|却下', ' (.+)'), (text) => ending('reject', text)],
  [messageOf('withdraw|取り下げ', ' (.+)'), (text) => ending('withdraw', text)],
  [messageOf('ask|質問', ' (.+)'), (text) => ending('ask', text)],
  [
    messageOf(
      '(?:stop|cancel) (?:the )?break[-‐–—− ]?glass|break[-‐–—− ]?glass stop|緊急解除 ?を? ?(?:中止|停止)(?:して(?:ください)?)?',
      ' (.+)',
    ),
    (text) => ({ kind: 'stop_break_glass', code: codeAndRest(text).code }),
  ],
  [messageOf('(?:start )?drill|訓練(?:開始|を?開始)?'), () => ({ kind: 'drill', stop: false })],
  [messageOf('drill (?:stop|end)|(?:stop|end) drill|訓練 ?(?:終了|中止)'), () => ({ kind: 'drill', stop: true })],
  [messageOf('help|\\?|ヘルプ|使い方'), () => ({ kind: 'help' })],
  [
    messageOf('hi|hello|hey|こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして|よろしく(?:お願いします)?'),
    () => ({ kind: 'greeting' }),
  ],
  [
    messageOf('thanks?|thank you(?: very much)?|thx|ありがとう(?:ございま(?:す|した))?|助かりました|どうも'),
    () => ({ kind: 'thanks' }),
  ],
];

/**
 * Parses a message to the bot, with or without a mention; names keep their case. `forgiving` corrects a misspelled command
 * that only reads, and answers a sentence about a restriction with what is restricted.
 */
export function parseCommand(text: string, mode: 'exact' | 'forgiving' = 'exact'): Command {
  const message = plain(text.slice(0, MAX_MESSAGE));
  const command = exactCommand(message);
  const corrected = command.kind === 'unknown' && mode === 'forgiving' ? correctedCommand(message) : null;
  return corrected === null ? command : exactCommand(corrected);
}

function exactCommand(message: string): Command {
  for (const [pattern, command] of PATTERNS) {
    const match = pattern.exec(message);
    if (match !== null) return command(match[1] === undefined ? null : unquoted(match[1]));
  }
  return { kind: 'unknown' };
}

function ending(kind: 'confirm' | 'reject' | 'withdraw' | 'ask', text: string | null): DecisionCommand {
  const { code, rest } = codeAndRest(text);
  return { kind, code, reason: rest };
}

function codeAndRest(text: string | null): { readonly code: string | null; readonly rest: string | null } {
  const [first = '', ...rest] = (text ?? '').split(' ');
  const code = first.replace(/[.,!?。、]+$/u, '');
  return { code: code === '' ? null : code, rest: rest.length === 0 ? null : rest.join(' ') };
}

/** Returns a pattern of messages that consist of these words, followed by punctuation or, where one is allowed, a name. */
function messageOf(words: string, name = '(?!)'): RegExp {
  return new RegExp(`^(?:${words})(?: ?[.!?。]*|${name})$`, 'iu');
}

/** Found in names that were copied from an answer of the bot; see `unlinked`. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Control characters, which cannot be typed, and any white space. */
const SPACES = /[\p{Cc}\s]+/gu;

/**
 * Returns the text without mentions, tags and what cannot be typed, with full-width letters and unusual spaces normalized, as
 * the inputs of a card are.
 */
function plain(text: string): string {
  const withoutTags = text
    .replaceAll(/<at[^>]*>.*?<\/at>/gisu, ' ')
    .replaceAll(/<\/?(?:p|div|br|span)[^>]*>|&nbsp;/giu, ' ');
  const typed = unescaped(withoutTags).toWellFormed().replaceAll(ZERO_WIDTH_SPACE, '');
  return typed.normalize('NFKC').replaceAll(SPACES, ' ').trim();
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function unquoted(name: string): string {
  return name.trim().replace(/^(["'「<])(.+)(["'」>])$/u, '$2');
}
