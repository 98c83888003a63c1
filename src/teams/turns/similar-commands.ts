import { distance } from 'fastest-levenshtein';
import { maxErrors } from './similar-names.ts';

/** Commands that a misspelled text may have meant. Of those that change something, only the ones without a name are included. */
const PHRASES = [
  'status connectors',
  'status',
  'check connectors',
  'history',
  'help',
  'report',
  'コネクタの状態',
  'コネクタの点検',
  'ステータス',
  '履歴',
  'ヘルプ',
] as const;

/** What a sentence may be about, and the command that answers it. Without a name, none of them changes anything. */
const TOPICS = [
  [/\bbreak[-‐–—− ]?glass?\b|緊急解除/i, 'stop break-glass'],
  [/\b(?:unblock|approve)\b|解除|承認/i, 'approve'],
  [/\b(?:restricted|blocked|restrictions?|status|going on|happening)\b|制限|状況|状態|ステータス/i, 'status'],
] as const;

const SHORTEST = 4;

/**
 * Returns the text with the misspelled command at its start replaced by the nearest one, or else the command that answers what
 * the text is about; null when there is neither.
 */
export function correctedCommand(text: string): string | null {
  const words = text.split(' ');
  const candidates = PHRASES.flatMap((phrase) => {
    const length = phrase.split(' ').length;
    const typed = words.slice(0, length).join(' ');
    const errors = errorsIn(typed.toLowerCase(), phrase);
    const isNear = typed.length >= SHORTEST && errors > 0 && errors <= maxErrors(phrase);
    const corrected = [phrase, ...words.slice(length)].join(' ');
    return isNear ? [{ share: errors / phrase.length, corrected }] : [];
  });
  const [best] = candidates.toSorted((a, b) => a.share - b.share);
  return best?.corrected ?? TOPICS.find(([words]) => words.test(text))?.[1] ?? null;
}

/** Returns the edit distance; two swapped letters count as one error. */
function errorsIn(typed: string, phrase: string): number {
  const errors = distance(typed, phrase);
  const sorted = (text: string) => [...text].toSorted().join('');
  return errors === 2 && sorted(typed) === sorted(phrase) ? 1 : errors;
}
