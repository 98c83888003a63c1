import type { Incident, RestrictedConnector } from './incident.ts';
import { NEARNESS_MS } from './link.ts';

/**
 * By connector id, the `alerted` incident that connector was the unknown part of. Adopted only where the two have nobody
 * else: no other alert was raised near this restriction, and no other restriction began near this alert.
 */
export function adopt(
  connectors: readonly RestrictedConnector[],
  incidents: readonly Incident[],
  beganAt: number,
): ReadonlyMap<string, Incident> {
  const waiting = incidents.filter(({ state }) => state === 'alerted');
  const near = connectors.map((connector) => ({
    connector,
    incidents: waiting.filter((incident) => isNear(incident, connector.restrictedSince ?? beganAt)),
  }));
  const all = near.flatMap(({ incidents: each }) => each);
  return new Map(
    near.flatMap(({ connector, incidents: [only, ...others] }) =>
      only !== undefined && others.length === 0 && all.filter((it) => it === only).length === 1
        ? [[connector.id, { ...only, connector }]]
        : [],
    ),
  );
}

function isNear({ alerts }: Incident, began: number): boolean {
  return alerts.some(({ createdAt }) => Math.abs(createdAt - began) <= NEARNESS_MS);
}
