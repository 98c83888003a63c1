import type { Tenant } from '../tenant/tenant.ts';
import { headlineOf, incidentCards } from './card-watch.ts';
import type { Say } from './narrate.ts';

const INTERVAL_MS = 100;

/** Prints the headline of each card in the channel whenever it changes. */
export function followHeadlines({ teams }: Tenant, say: Say): { stop(): void } {
  const last = new Map<string, string>();
  const timer = setInterval(() => {
    for (const shown of incidentCards(teams)) {
      const headline = headlineOf(shown);
      if (last.get(shown.activityId) === headline) continue;
      last.set(shown.activityId, headline);
      say(`The card says: ${headline}`);
    }
  }, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}
