/** East Asian wide characters (Unicode Standard Annex #11, limited to those in our texts) take two columns. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;
/** Characters that may not begin a line in Japanese. */
const CLOSING = /^[、。，．・：；？！」』）】〉》,.:;?!)\]}]/u;

const words = new Intl.Segmenter('ja', { granularity: 'word' });
const characters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Returns the number of terminal columns that a text takes. */
export function columns(text: string): number {
  return [...characters.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/**
 * Breaks a text into lines of at most `width` columns: at spaces, in Japanese between words, and anywhere only where a piece
 * is wider than a line.
 */
export function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const piece of piecesOf(text).flatMap((one) => cut(one, width))) {
    const line = lines.at(-1) ?? '';
    if (columns(line + piece.trimEnd()) <= width) lines[lines.length - 1] = line + piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trimEnd());
}

/** Splits a text into pieces, each with the spaces and closing marks after it. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && belongTogether(last, segment)) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

function belongTogether(last: string, next: string): boolean {
  if (/^\s/.test(next) || CLOSING.test(next)) return true;
  return !/\s$/.test(last) && !(WIDE.test(next) || WIDE.test(last.slice(-1)));
}

function cut(piece: string, width: number): readonly string[] {
  if (columns(piece.trimEnd()) <= width) return [piece];
  const parts = [''];
  for (const { segment } of characters.segment(piece)) {
    const part = parts.at(-1) ?? '';
    if (columns(part + segment) <= width) parts[parts.length - 1] = part + segment;
    else parts.push(segment);
  }
  return parts;
}
