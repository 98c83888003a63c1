import { type Activity, cardIn } from '../tenant/activity.ts';
import { blockText } from '../tenant/card-reading.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 60_000;

type Seen = { readonly activityId: string; readonly at: number };

/**
 * Returns the first message of the admin channel since `since` whose card contains this name, and when Teams received that
 * version. Reading older cards again at every look would slow down the tenant, which is in this process.
 */
export function cardPosted({ teams }: Tenant, name: string, since: number): Promise<Seen> {
  const find = () => {
    for (const { id, rootId, versions } of teams.messages(teams.team.adminChannel.id).toReversed()) {
      const first =
        id === rootId ? versions.find(({ at, activity }) => at >= since && names(activity, name)) : undefined;
      if (first !== undefined) return { activityId: id, at: first.at };
    }
    return undefined;
  };
  return patiently(`a card that names ${name}`, find);
}

/** Returns when Teams received the first version of a message, not older than `since`, whose card has this headline. */
export function cardSaid({ teams }: Tenant, activityId: string, headline: RegExp, since: number): Promise<number> {
  const find = () => {
    const message = teams.messages(teams.team.adminChannel.id).find(({ id }) => id === activityId);
    return message?.versions.find(({ at, activity }) => {
      const card = at < since ? undefined : cardIn(activity);
      return card !== undefined && headline.test(blockText(card, 'state') ?? '');
    })?.at;
  };
  return patiently(`a card that says ${headline.source}`, find);
}

function names({ attachments = [] }: Activity, name: string): boolean {
  return JSON.stringify(attachments).includes(name);
}

function patiently<T>(what: string, find: () => T | undefined): Promise<T> {
  return until(find, { what, everyMs: LOOK_EVERY_MS, timeoutMs: PATIENCE_MS });
}
