import type { Incident, LinkedAlert, RestrictedConnector } from './incident.ts';
import { NEARNESS_MS } from './link.ts';
import { type Nameable, namedByTrait, namedDirectly } from './names.ts';
import type { Observation } from './observation.ts';

/**
 * The `alerted` incident a connector was the unknown part of: its alert names the connector, or it is the only one
 * raised near the restriction and names no other. Null when that is not certain.
 */
export function adopterOf(
  connector: RestrictedConnector,
  alerted: readonly Incident[],
  { beganAt, inbound }: Pick<Observation, 'beganAt' | 'inbound'>,
): Incident | null {
  const others = inbound.items.filter(({ id, name }) => id !== connector.id && name !== connector.name);
  const named = alerted.find(({ alerts }) => alerts.some((alert) => names(alert, connector, others)));
  if (named !== undefined) return named;
  const began = connector.restrictedSince ?? beganAt;
  const isNear = (alert: LinkedAlert) =>
    alert.keepApart !== true &&
    Math.abs(alert.createdAt - began) <= NEARNESS_MS &&
    namedDirectly(alert.said ?? '', others).length === 0;
  const near = alerted.filter(({ alerts }) => alerts.some(isNear));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function names({ said = '' }: LinkedAlert, connector: Nameable, others: readonly Nameable[]): boolean {
  const all = [connector, ...others];
  const direct = namedDirectly(said, all);
  const namings = direct.length > 0 ? direct : namedByTrait(said, all);
  return namings.some(({ id }) => id === connector.id);
}
