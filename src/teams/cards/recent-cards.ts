import type { Incident } from '../../incident/model/incident.ts';
import { createRecent } from '../../shared/recent.ts';
import type { AdaptiveCard } from './card.ts';

const KEPT = 20;

type Drawn = { readonly incident: Incident; readonly card: AdaptiveCard };

/**
 * Caches the latest cards: after a change, every open client requests the card at once, and most receive the same one. An
 * incident that was read twice without a change is the same object; the other arguments are JSON.
 */
export function keepRecent<Rest extends readonly unknown[]>(
  draw: (incident: Incident, ...rest: Rest) => AdaptiveCard,
): (incident: Incident, ...rest: Rest) => AdaptiveCard {
  const recent = createRecent<string, Drawn>(KEPT);
  return (incident, ...rest) => {
    const key = JSON.stringify([incident.id, ...rest]);
    const known = recent.get(key);
    const card = known?.incident === incident ? known.card : draw(incident, ...rest);
    recent.set(key, { incident, card });
    return card;
  };
}
