import { setTimeout as rest } from 'node:timers/promises';
import { cardPosted } from './card-times.ts';
import { now } from './now.ts';
import type { World } from './world.ts';

/** Teams lets a bot post 8 messages to a channel within 2 s: sooner, and the product's own limit would be measured. */
export const BETWEEN_POSTS_MS = 280;
/** And 60 within 30 s. */
export const MAX_POSTS = 55;

export type Restricted = { readonly name: string; readonly activityId: string; readonly ms: number };

/** Exchange restricts a connector of its own for each number, Defender tells of it, and the card comes; `ms` is how long that took. */
export async function restrict({ tenant }: World, number: number): Promise<Restricted> {
  const name = `Relay ${String(number).padStart(5, '0')}`;
  tenant.exchange.addConnector(name);
  const since = now();
  // An alert that names nobody, among many, would be a card of its own and count against what Teams lets a bot post.
  tenant.exchange.restrict(name, {
    alert: { description: `Connector ${name} has been restricted from sending messages.` },
  });
  const { activityId, at } = await cardPosted(tenant, name);
  return { name, activityId, ms: at - since };
}

/** So many cards, no faster than Teams lets them be posted. */
export async function restrictMany(world: World, count: number): Promise<readonly Restricted[]> {
  const cards: Promise<Restricted>[] = [];
  for (let number = 0; number < count; number += 1) {
    cards.push(restrict(world, number));
    await rest(BETWEEN_POSTS_MS);
  }
  return Promise.all(cards);
}
