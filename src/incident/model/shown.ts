import type { RestrictedConnector, ShownConfiguration } from './connector.ts';
import { type ConfigurationChange, changes, configurationOf, fingerprint } from './fingerprint.ts';
import type { Incident } from './incident.ts';

/** As far back as a card that is still on somebody's screen can be expected to be. */
const MAX_KEPT = 20;

/** The configurations shown so far and the one that is shown from this revision on, if it is another. */
export function showingFrom(
  shown: readonly ShownConfiguration[],
  revision: number,
  connector: RestrictedConnector | null,
): readonly ShownConfiguration[] {
  const print = fingerprint(connector?.configuration ?? null);
  if (shown.at(-1)?.fingerprint === print) return shown;
  return [...shown, { fromRevision: revision, fingerprint: print }].slice(-MAX_KEPT);
}

/**
 * What differs between the configuration on a card drawn from `revision` and the present one; null when nothing does, or
 * the card does not say. A card older than all that is kept has shown something else, nobody knows what: no changes.
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
