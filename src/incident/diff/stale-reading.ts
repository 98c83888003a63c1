import type { BlockedConnector, Observation } from '../model/observation.ts';
import type { Known } from './proposal.ts';

/** Whether a connector is listed by a read that began before an incident of it ended, and so may list it still. */
export function mayBeOver(row: BlockedConnector, known: Known, observation: Observation): boolean {
  return endsSince(row, known, observation).length > 0;
}

function endsSince({ id }: BlockedConnector, { ended }: Known, { beganAt }: Observation): readonly number[] {
  const ends = ended.flatMap(({ connector, endedAt }) => (connector?.id === id && endedAt !== null ? [endedAt] : []));
  return ends.filter((endedAt) => endedAt > beganAt);
}

/**
 * When something changed of which this reading may not tell, because by its own clock it began before; ms since the epoch,
 * null when nothing did. The clocks of replicas differ, so it may have begun after, and nobody else may come to look: a
 * reading that begins at this time or later tells.
 */
export function overtakenAt(known: Known, observation: Observation): number | null {
  const { beganAt, blocked } = observation;
  const ends = blocked.items.flatMap((row) => endsSince(row, known, observation));
  const latest = Math.max(beganAt, ...known.open.map(({ changedAt }) => changedAt), ...ends);
  return latest > beganAt ? latest : null;
}
