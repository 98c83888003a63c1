import { distance } from 'fastest-levenshtein';

/** What people may have meant to type; of the commands that change something only the ones that take no name. */
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

/** One letter in five may be wrong, missing or too many, but always one. */
const LETTERS_PER_ERROR = 5;
const SHORTEST = 4;

/**
 * A text with the misspelled command at its start replaced by the one that is nearest, and the rest as it is; null when
 * none is near enough, or the text needs no correction.
 */
export function correctedCommand(text: string): string | null {
  const words = text.split(' ');
  const candidates = PHRASES.flatMap((phrase) => {
    const length = phrase.split(' ').length;
    const typed = words.slice(0, length).join(' ');
    const errors = errorsIn(typed.toLowerCase(), phrase);
    const most = Math.max(1, Math.floor(phrase.length / LETTERS_PER_ERROR));
    const isNear = typed.length >= SHORTEST && errors > 0 && errors <= most;
    const corrected = [phrase, ...words.slice(length)].join(' ');
    return isNear ? [{ share: errors / phrase.length, corrected }] : [];
  });
  const [best] = candidates.toSorted((a, b) => a.share - b.share);
  return best?.corrected ?? null;
}

/** The edit distance; two letters that changed places are one error. */
function errorsIn(typed: string, phrase: string): number {
  const errors = distance(typed, phrase);
  const sorted = (text: string) => [...text].toSorted().join('');
  return errors === 2 && sorted(typed) === sorted(phrase) ? 1 : errors;
}
