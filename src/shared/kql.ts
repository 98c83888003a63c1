const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text as a string literal of the Kusto Query Language, in which nothing of it can end the literal (Kusto: the string
 * data type). Control characters that the language has no escape for become spaces.
 */
export function kqlText(text: string): string {
  const escaped = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029"\\]/gu, (found) => ESCAPES[found] ?? ' ');
  return `"${escaped}"`;
}

/** A time, ms since the epoch, as a literal of the Kusto Query Language. */
export function kqlTime(ms: number): string {
  return `datetime(${new Date(ms).toISOString()})`;
}
