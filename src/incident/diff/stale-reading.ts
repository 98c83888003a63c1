import type { BlockedConnector, Observation } from '../model/observation.ts';
import type { Known } from './proposal.ts';

/** Whether a connector is listed by a read that began before an incident of it ended, and so may list it still. */
export function mayBeOver({ id }: BlockedConnector, { ended }: Known, { seq }: Observation): boolean {
  return ended.some(({ connector, changedSeq }) => connector?.id === id && changedSeq > seq);
}

/** Whether something changed after this reading began that it may not show: another reading must follow. */
export function isStale(known: Known, observation: Observation): boolean {
  const hasChanged = known.open.some(({ changedSeq }) => changedSeq > observation.seq);
  return hasChanged || observation.blocked.items.some((row) => mayBeOver(row, known, observation));
}
