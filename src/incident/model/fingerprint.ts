export type ConfigurationValue = string | number | boolean | null | readonly string[];

/** The settings of an inbound connector, by Exchange's own property names. */
export type Configuration = { readonly [property: string]: ConfigurationValue };

export type ConfigurationChange = {
  readonly property: string;
  readonly before: ConfigurationValue;
  readonly after: ConfigurationValue;
};

/**
 * Returns a text that is equal for two configurations exactly when every setting is equal; null for an unknown configuration. It
 * is not a hash, because it is stored but never shown, and a hash would hide which setting differs.
 */
export function fingerprint(configuration: Configuration | null): string | null {
  if (configuration === null) return null;
  return JSON.stringify(sortedEntries(configuration));
}

/** Returns the settings that differ, in property order. An unknown configuration has no settings. */
export function changes(before: Configuration | null, after: Configuration | null): readonly ConfigurationChange[] {
  const properties = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...properties]
    .sort()
    .map((property) => ({ property, before: before?.[property] ?? null, after: after?.[property] ?? null }))
    .filter((change) => normalized(change.before) !== normalized(change.after));
}

/** Parses a fingerprint into its settings. */
export function configurationOf(print: string | null): Configuration | null {
  if (print === null) return null;
  const entries: readonly (readonly [string, ConfigurationValue])[] = JSON.parse(print);
  return Object.fromEntries(entries);
}

function sortedEntries(configuration: Configuration): readonly (readonly [string, ConfigurationValue])[] {
  return Object.entries(configuration)
    .map(([property, value]) => [property, sortedValue(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function sortedValue(value: ConfigurationValue): ConfigurationValue {
  return isList(value) ? [...value].sort() : value;
}

function isList(value: ConfigurationValue): value is readonly string[] {
  return Array.isArray(value);
}

function normalized(value: ConfigurationValue): string {
  return JSON.stringify(sortedValue(value));
}
