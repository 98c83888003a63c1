const MAX_LENGTH = 500;
const ELLIPSIS = '…';
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Reduces external text to one line: removes control characters, collapses white space and truncates to `longest` UTF-16
 * units without splitting a grapheme.
 */
export function oneLine(text: string, longest = MAX_LENGTH): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (line.length <= longest) return line;
  let truncated = '';
  for (const { segment } of characters.segment(line)) {
    if (truncated.length + segment.length + ELLIPSIS.length > longest) break;
    truncated += segment;
  }
  return truncated.trimEnd() + ELLIPSIS;
}
