const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Returns a text as a string literal of the Kusto Query Language, escaped so that no part of it can end the literal (Kusto:
 * the string data type). Control characters for which the language has no escape become spaces.
 */
export function kqlText(text: string): string {
  const escaped = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029"\\]/gu, (found) => ESCAPES[found] ?? ' ');
  return `"${escaped}"`;
}

/** Returns a time (ms since the epoch) as a literal of the Kusto Query Language. */
export function kqlTime(ms: number): string {
  return `datetime(${new Date(ms).toISOString()})`;
}
