import { isDrill } from '../../../src/incident/model/drill.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { Evidence, Invariant } from '../evidence.ts';

/** A drill never reaches Exchange or Defender, takes no alert of a real restriction, and says on its card that it is one. */
export const drillsImaginary: Invariant = ({ tenant, database }) => {
  const drills = database.incidents.filter(isDrill);
  return drills.flatMap((drill) => [...reached(drill, tenant, database), ...disguised(drill, tenant, database)]);
};

/** What drills did to other systems. */
function reached({ id, connector, alerts }: Incident, tenant: Evidence['tenant'], { approvals }: Evidence['database']) {
  const own = approvals.filter(({ incidentId, reason }) => incidentId === id && reason !== '');
  const calls = tenant.removeCalls.filter(
    ({ connectorId, reason }) =>
      connectorId.toLowerCase() === connector?.id || own.some((approval) => reason.includes(approval.reason)),
  );
  const comments = tenant.alerts.flatMap((alert) => alert.comments).filter((comment) => comment.includes(id));
  return [
    ...calls.map(({ connectorId }) => `drill ${id} called Remove-BlockedConnector ${connectorId}`),
    ...alerts.map((alert) => `drill ${id} took alert ${alert.id}`),
    ...comments.map((comment) => `drill ${id} is in the comment "${comment}"`),
  ];
}

/** Drills that could be mistaken for a restriction. */
function disguised({ id, connector }: Incident, tenant: Evidence['tenant'], { cards }: Evidence['database']) {
  const isReal = tenant.configurations.some(({ connectorId }) => connectorId.toLowerCase() === connector?.id);
  const card = tenant.cards.find(({ activityId }) => activityId === cards.get(id));
  const isMarked = card === undefined || /^DRILL/m.test(card.text);
  return [
    ...(isReal ? [`drill ${id} is of a connector that Exchange has`] : []),
    ...(isMarked ? [] : [`the card of drill ${id} is not marked`]),
  ];
}
