import type { Incident } from '../../../src/incident/model/incident.ts';
import { FINAL_STATES } from '../../../src/incident/model/incident.ts';
import type { Evidence, Invariant } from '../evidence.ts';

/** Every incident is open while Exchange lists its connector and ended otherwise, by whoever really ended it. */
export const reachedEnd: Invariant = ({ tenant, database }) => {
  const ids = new Set(database.incidents.flatMap(({ connector }) => connector?.id ?? []));
  const withConnector = [...ids].flatMap((id) => {
    const incidents = database.incidents
      .filter(({ connector }) => connector?.id === id)
      .toSorted((a, b) => began(a) - began(b));
    const periods = tenant.periods.filter(({ connectorId }) => connectorId.toLowerCase() === id);
    return incidents.flatMap((incident, index) => problems(incident, periods[index], tenant.removeCalls));
  });
  const alertsAlone = database.incidents.filter(({ connector, state }) => connector === null && state !== 'closed');
  return [...withConnector, ...alertsAlone.map(({ id, state }) => `incident ${id} of a resolved alert is ${state}`)];
};

/** When the incident's restriction began; an alert may have opened the incident long before. */
function began({ connector, openedAt }: Incident): number {
  return connector?.restrictedSince ?? openedAt;
}

function problems(
  { id, state, ending, openedAt, unblockCall, approval }: Incident,
  period: Evidence['tenant']['periods'][number] | undefined,
  calls: Evidence['tenant']['removeCalls'],
): readonly string[] {
  if (period === undefined) return [];
  const isOver = FINAL_STATES.has(state);
  if (isOver !== (period.until !== null)) {
    return [`incident ${id} is ${state}, but Exchange ${isOver ? 'lists' : 'does not list'} its connector`];
  }
  const { from, until, connectorId } = period;
  const wasCalled = calls.some(
    (call) => call.connectorId === connectorId && call.at >= from && call.at <= (until ?? call.at),
  );
  if (ending === 'two_admins' && unblockCall === null)
    return [`incident ${id} (${openedAt}) claims an unblock it never intended`];
  if (ending === 'two_admins' && period.endedBy === 'cmdlet' && !wasCalled)
    return [`incident ${id} claims an unblock nobody made`];
  const begunAnew = unblockCall !== null && unblockCall.authorizationId !== approval?.id;
  if (ending === 'earlier_call' && !begunAnew) return [`incident ${id} is not sure of a call that was its last`];
  if (ending === 'elsewhere' && period.endedBy === 'cmdlet')
    return [`incident ${id} ended by our own unblock, but says it was not by this bot`];
  return [];
}
