import { setTimeout as rest } from 'node:timers/promises';
import { cardPosted } from './card-times.ts';
import { now } from './now.ts';
import type { World } from './world.ts';

/** Teams lets a bot post 8 messages to a channel within 2 s; faster posting would measure the product's own limit. */
export const BETWEEN_POSTS_MS = 280;
/** And 60 within 30 s. */
export const MAX_POSTS = 55;

export type Restricted = { readonly name: string; readonly activityId: string; readonly ms: number };

/** Restricts a connector of its own for each number, with an alert of Defender, and waits for the card; `ms` is the time that took. */
export async function restrict({ tenant }: World, number: number): Promise<Restricted> {
  const name = `Relay ${String(number).padStart(5, '0')}`;
  tenant.exchange.addConnector(name);
  const since = now();
  // Among many alerts, one that names no connector would get a card of its own and count towards Teams' limit.
  tenant.exchange.restrict(name, {
    alert: { description: `Connector ${name} has been restricted from sending messages.` },
  });
  const { activityId, at } = await cardPosted(tenant, name, since);
  return { name, activityId, ms: at - since };
}

/** Creates this many cards, no faster than Teams allows. */
export async function restrictMany(world: World, count: number): Promise<readonly Restricted[]> {
  const cards: Promise<Restricted>[] = [];
  for (let number = 0; number < count; number += 1) {
    cards.push(restrict(world, number));
    await rest(BETWEEN_POSTS_MS);
  }
  return Promise.all(cards);
}
