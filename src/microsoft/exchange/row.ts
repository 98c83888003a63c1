import { z } from 'zod';

/** A row of a cmdlet's output, by property name in lower case; sidecars (`X@odata.type`, `X@data.type`) left out. */
export type Row = ReadonlyMap<string, unknown>;

const guid = z.guid();

/** Null when the value is not a row at all. */
export function rowOf(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const properties = Object.entries(value).filter(([name]) => !name.includes('@'));
  return new Map(properties.map(([name, held]) => [name.toLowerCase(), held]));
}

/** The first of these properties that `read` makes sense of. */
export function first<T>(row: Row, names: readonly string[], read: (value: unknown) => T | null): T | null {
  for (const name of names) {
    const value = read(row.get(name.toLowerCase()));
    if (value !== null) return value;
  }
  return null;
}

/** A GUID in lower case. */
export function guidIn(value: unknown): string | null {
  const read = guid.safeParse(value);
  return read.success ? read.data.toLowerCase() : null;
}

/** The same where it stands alone, in braces, or last in a path such as `contoso.onmicrosoft.com\\<guid>`. */
export function embeddedGuidIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const [, last = ''] = /(?:^|[\\/])\{?([\da-f-]{36})\}?$/i.exec(value.trim()) ?? [];
  return guidIn(last);
}

export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Exchange writes booleans as such, PowerShell's serialisation as words. */
export function booleanIn(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return null;
  return value.toLowerCase() === 'true';
}
