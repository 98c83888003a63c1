import { isAbsent } from './dns-error.ts';

/** Real names reach their records within a few aliases; resolvers stop after about as many. */
const MAX_ALIASES = 16;

/**
 * Creates the error for an alias (CNAME) that leads back to itself or to more aliases than a resolver follows: what the
 * name holds is unknown.
 */
export function endlessAlias(name: string): Error {
  return Object.assign(new Error(`the aliases of ${name} do not end`), { code: 'EALIASLOOP' });
}

/** Returns whether following a name's aliases reaches a name without one. Throws the error of a failed alias lookup. */
export async function aliasesEnd(name: string, aliasOf: (name: string) => Promise<string | null>): Promise<boolean> {
  const seen = new Set<string>();
  let next: string | null = name.toLowerCase();
  while (next !== null) {
    if (seen.has(next) || seen.size > MAX_ALIASES) return false;
    seen.add(next);
    next = (await aliasOf(next))?.toLowerCase() ?? null;
  }
  return true;
}

/** Returns the value of a lookup, or null when the name or the record is absent. */
export async function unlessAbsent<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
