import type { BlockedConnector, Observation } from './observation.ts';
import type { Known } from './proposal.ts';

/** Whether a connector is listed by a read that began before an incident of it ended, and so may list it still. */
export function mayBeOver({ id }: BlockedConnector, { ended }: Known, { beganAt }: Observation): boolean {
  return ended.some(({ connector, endedAt }) => connector?.id === id && endedAt !== null && endedAt > beganAt);
}

/**
 * When something changed of which this reading may not tell, because by its own clock it began before; ms since the epoch,
 * null when nothing did. The clocks of replicas differ, so it may have begun after, and nobody else may come to look: a
 * reading that begins at this time or later tells.
 */
export function overtakenAt({ open, ended }: Known, { beganAt, blocked }: Observation): number | null {
  const isListed = (id: string | undefined) => blocked.items.some((row) => row.id === id);
  const ends = ended.flatMap(({ connector, endedAt }) =>
    isListed(connector?.id) && endedAt !== null ? [endedAt] : [],
  );
  const latest = Math.max(0, ...open.map(({ changedAt }) => changedAt), ...ends);
  return latest > beganAt ? latest : null;
}
