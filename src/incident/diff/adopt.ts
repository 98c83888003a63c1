import type { RestrictedConnector } from '../model/connector.ts';
import type { Incident } from '../model/incident.ts';
import { isWithinLinkWindow, LINK_WINDOW_MS } from '../model/link.ts';
import type { LinkedAlert } from '../model/linked-alert.ts';
import { type Nameable, namedByTrait, namedDirectly } from '../model/names.ts';
import type { Observation } from '../model/observation.ts';
import type { Known } from './proposal.ts';

/**
 * Returns, by connector id, the `alerted` incident that the connector belongs to. Either its alert names the connector, or the
 * two match only each other: no other alert was raised near this restriction, and no other restriction without an alert began
 * near this alert.
 */
export function adopt(
  connectors: readonly RestrictedConnector[],
  incidents: readonly Incident[],
  { open, ended }: Pick<Known, 'open' | 'ended'>,
  { beganAt, inbound }: Pick<Observation, 'beganAt' | 'inbound'>,
): ReadonlyMap<string, Incident> {
  const began = ({ restrictedSince }: RestrictedConnector) => restrictedSince ?? beganAt;
  const adopted = new Map<string, Incident>();
  const left = () => {
    const taken = [...adopted.values()].map(({ id }) => id);
    return byAlert(incidents).filter(({ id, state }) => state === 'alerted' && !taken.includes(id));
  };
  for (const connector of connectors.toSorted((a, b) => began(a) - began(b) || (a.id < b.id ? -1 : 1))) {
    const others = inbound.items.filter((other) => !isSame(other, connector));
    const named = left().find(({ alerts }) => alerts.some((alert) => names(alert, connector, others)));
    if (named !== undefined) adopted.set(connector.id, { ...named, connector });
  }
  const rivals = [...open, ...ended].filter(({ connector, alerts }) => connector !== null && alerts.length === 0);
  const near = connectors
    .filter(({ id }) => !adopted.has(id))
    .map((connector) => ({
      connector,
      incidents: left().filter((it) => fits(it, connector, began(connector), inbound)),
    }));
  const all = near.flatMap(({ incidents: each }) => each);
  for (const { connector, incidents: each } of near) {
    const [only, ...others] = each;
    if (only === undefined || others.length > 0 || all.filter((it) => it === only).length > 1) continue;
    if (only.alerts.some((alert) => rivals.some((rival) => isWithinLinkWindow(alert, rival)))) continue;
    adopted.set(connector.id, { ...only, connector });
  }
  return adopted;
}

/** Sorts incidents in the order in which their alerts were raised. */
function byAlert(incidents: readonly Incident[]): readonly Incident[] {
  const first = ({ alerts }: Incident) => alerts[0]?.createdAt ?? 0;
  const id = ({ alerts }: Incident) => alerts[0]?.id ?? '';
  return incidents.toSorted((a, b) => first(a) - first(b) || (id(a) < id(b) ? -1 : 1));
}

/** Whether an alert was raised near the restriction and names no other connector. */
function fits(
  { alerts }: Incident,
  connector: RestrictedConnector,
  began: number,
  { items }: Observation['inbound'],
): boolean {
  const others = items.filter((other) => !isSame(other, connector));
  return alerts.some(
    ({ createdAt, keepApart, said: text = '' }) =>
      keepApart !== true && Math.abs(createdAt - began) <= LINK_WINDOW_MS && namedDirectly(text, others).length === 0,
  );
}

function names({ said: text = '' }: LinkedAlert, connector: Nameable, others: readonly Nameable[]): boolean {
  const all = [connector, ...others];
  const direct = namedDirectly(text, all);
  const namings = direct.length > 0 ? direct : namedByTrait(text, all);
  return namings.some(({ id }) => id === connector.id);
}

function isSame(one: Nameable, other: Nameable): boolean {
  return one.id === other.id || one.name === other.name;
}
