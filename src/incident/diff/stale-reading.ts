import type { BlockedConnector, Observation } from '../model/observation.ts';
import type { Known } from './proposal.ts';

/** Whether the reading that lists a connector began before its incident ended, so that the restriction may be over. */
export function mayBeOver({ id }: BlockedConnector, { ended }: Known, { seq }: Observation): boolean {
  return ended.some(({ connector, changedSeq }) => connector?.id === id && changedSeq > seq);
}

/** Whether an incident changed after this reading began, so that another reading must follow. */
export function isStale(known: Known, observation: Observation): boolean {
  const hasChanged = known.open.some(({ changedSeq }) => changedSeq > observation.seq);
  return hasChanged || observation.blocked.items.some((row) => mayBeOver(row, known, observation));
}
