import { isDeepStrictEqual } from 'node:util';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';

/** Whether two configurations have the same settings, whatever the order of properties and list items. */
export function sameSettings(a: Configuration | null, b: Configuration | null): boolean {
  const sets = (it: Configuration | null) =>
    it === null ? null : Object.fromEntries(Object.entries(it).map(([key, value]) => [key, asSet(value)]));
  return isDeepStrictEqual(sets(a), sets(b));
}

function asSet(value: Configuration[string]): unknown {
  return typeof value === 'object' && value !== null ? new Set(value) : value;
}
