import { isDrill } from '../../../src/incident/model/drill.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { Invariant } from '../evidence.ts';

/** One incident for each restriction of a connector, none without, and none for an alert that has another. */
export const oneIncident: Invariant = ({ tenant, database }) => {
  const incidents = database.incidents.filter((incident) => !isDrill(incident));
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

/** Defender adds repeats to an alert, so one alert may belong to several restrictions of a connector, and to other connectors only if it names them. */
function alertProblems(alertId: string, incidents: readonly Incident[]): readonly string[] {
  const kept = incidents.filter(({ ending }) => ending !== 'alert_moved');
  const owners = kept.filter(({ alerts }) => alerts.some(({ id }) => id === alertId));
  const connectors = new Set(owners.map(({ connector }) => connector?.id ?? null));
  const isNamed = owners.every(({ alerts }) => alerts.find(({ id }) => id === alertId)?.link === 'named');
  const isFine = owners.length > 0 && (connectors.size === 1 || isNamed);
  return isFine ? [] : [`alert ${alertId} belongs to ${owners.length} incidents`];
}
