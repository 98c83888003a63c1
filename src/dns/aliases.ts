import { isAbsent } from './dns-error.ts';

/** Real names are a few aliases away from their records; resolvers give up after about as many. */
const MAX_ALIASES = 16;

/** An alias (CNAME) that leads back to itself, or to more aliases than a resolver follows: what the name holds is not known. */
export function endlessAlias(name: string): Error {
  return Object.assign(new Error(`the aliases of ${name} do not end`), { code: 'EALIASLOOP' });
}

/**
 * Whether following a name's aliases comes to a name that has none. Throws what the lookup
 * of an alias throws.
 */
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

/** The value of a lookup, or null where the name or the record is absent. */
export async function unlessAbsent<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
