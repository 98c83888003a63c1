const MAX_LENGTH = 500;
const ELLIPSIS = '…';
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Text from elsewhere made fit for one line: no control characters, no runs of white space, and at most `longest`
 * UTF-16 units, cut between characters as people see them.
 */
export function oneLine(text: string, longest = MAX_LENGTH): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (line.length <= longest) return line;
  let kept = '';
  for (const { segment } of characters.segment(line)) {
    if (kept.length + segment.length + ELLIPSIS.length > longest) break;
    kept += segment;
  }
  return kept.trimEnd() + ELLIPSIS;
}
