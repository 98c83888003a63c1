import { z } from 'zod';

/** A row of a cmdlet's output, by property name in lower case, without annotations (`X@odata.type`, `X@data.type`). */
export type Row = ReadonlyMap<string, unknown>;

const guid = z.guid();

/** Returns the value as a row, or null when it is not an object. */
export function rowOf(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const properties = Object.entries(value).filter(([name]) => !name.includes('@'));
  return new Map(properties.map(([name, held]) => [name.toLowerCase(), held]));
}

/** Returns the first of these properties that `read` can parse. */
export function first<T>(row: Row, names: readonly string[], read: (value: unknown) => T | null): T | null {
  for (const name of names) {
    const value = read(row.get(name.toLowerCase()));
    if (value !== null) return value;
  }
  return null;
}

/** Returns a GUID in lower case, or null. */
export function guidIn(value: unknown): string | null {
  const read = guid.safeParse(value);
  return read.success ? read.data.toLowerCase() : null;
}

/**
 * Returns a GUID that is the whole text, in braces or not, or the last part of a path such as
 * `contoso.onmicrosoft.com\\<guid>`.
 */
export function embeddedGuidIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const [, last = ''] = /(?:^|[\\/])\{?([\da-f-]{36})\}?$/i.exec(value.trim()) ?? [];
  return guidIn(last);
}

export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Parses a boolean. Exchange returns JSON booleans, PowerShell's serialization returns text. */
export function booleanIn(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return null;
  return value.toLowerCase() === 'true';
}
