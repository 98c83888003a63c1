import type { Incident } from '../../../src/incident/incident.ts';
import type { Invariant } from '../evidence.ts';

/** One incident for each restriction of a connector, none without, and none for an alert that has another. */
export const oneIncident: Invariant = ({ tenant, database }) => {
  const { incidents } = database;
  const ids = new Set([
    ...tenant.periods.map(({ connectorId }) => connectorId.toLowerCase()),
    ...incidents.flatMap(({ connector }) => connector?.id ?? []),
  ]);
  const counts = [...ids].flatMap((id) => {
    const periods = tenant.periods.filter(({ connectorId }) => connectorId.toLowerCase() === id).length;
    const ours = incidents.filter(({ connector }) => connector?.id === id).length;
    return periods === ours ? [] : [`${ours} incidents for ${periods} restrictions of connector ${id}`];
  });
  return [...counts, ...tenant.alerts.flatMap(({ id }) => alertProblems(id, incidents))];
};

/** An alert that names a connector is of each of its restrictions that it may be about: Defender adds repeats to it. */
function alertProblems(alertId: string, incidents: readonly Incident[]): readonly string[] {
  const links = incidents.flatMap(({ alerts }) => alerts.filter(({ id }) => id === alertId).map(({ link }) => link));
  const isFine = links.length === 1 || (links.length > 1 && links.every((link) => link === 'named'));
  return isFine ? [] : [`alert ${alertId} belongs to ${links.length} incidents`];
}
