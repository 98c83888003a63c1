import type { RestrictedConnector, ShownConfiguration } from './connector.ts';
import { type ConfigurationChange, changes, configurationOf, fingerprint } from './fingerprint.ts';
import type { Incident } from './incident.ts';

/** The number of configurations kept, enough for any card that may still be on a screen. */
const MAX_CONFIGURATIONS = 20;

/** Adds the present configuration from this revision on, if it differs from the last one shown. */
export function showingFrom(
  shown: readonly ShownConfiguration[],
  revision: number,
  connector: RestrictedConnector | null,
): readonly ShownConfiguration[] {
  const print = fingerprint(connector?.configuration ?? null);
  if (shown.at(-1)?.fingerprint === print) return shown;
  return [...shown, { fromRevision: revision, fingerprint: print }].slice(-MAX_CONFIGURATIONS);
}

/**
 * Returns the differences between the configuration on a card drawn from `revision` and the present one; null when there are
 * none or the card has no revision. For a card older than all kept configurations, which showed an unknown one, the list is
 * empty.
 */
export function changedSinceShown(
  { connector, configurations }: Incident,
  revision: number | undefined,
): readonly ConfigurationChange[] | null {
  if (revision === undefined || configurations.length === 0) return null;
  const seen = configurations.findLast(({ fromRevision }) => fromRevision <= revision);
  if (seen === undefined) return [];
  const present = connector?.configuration ?? null;
  if (seen.fingerprint === fingerprint(present)) return null;
  return changes(configurationOf(seen.fingerprint), present);
}

/**
 * Whether a card drawn from `revision` shows another state than the present one, as before an approval that has ended since;
 * false when the card has no revision.
 */
export function showsEarlierState({ stateRevision }: Incident, revision: number | undefined): boolean {
  return revision !== undefined && stateRevision !== undefined && revision < stateRevision;
}
