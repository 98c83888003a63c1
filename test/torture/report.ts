import { setTimeout as rest } from 'node:timers/promises';
import type { Delivery } from '../tenant/notifications.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

const ACCEPTED = 202;
const AGAIN_MS = 300;
const GRAPH_GIVES_UP_MS = 600_000;

/** Delivers a notification and records it. */
export async function deliver(
  world: World,
  random: Random,
  what: string,
  genuine: boolean,
  send: () => Promise<Delivery>,
): Promise<number | undefined> {
  world.turnTo(random);
  const at = Date.now();
  const delivery = await send().catch(() => undefined);
  world.notices.push({ what, at, genuine, status: delivery?.status });
  return delivery?.status;
}

/** Sends a change notification and, as Graph does, repeats it until it is accepted. */
export async function tell(world: World, random: Random, alertId?: string): Promise<void> {
  const { tenant, notificationSecret: clientState } = world;
  const alertIds = alertId === undefined ? {} : { alertIds: [alertId] };
  const deadline = Date.now() + GRAPH_GIVES_UP_MS;
  for (;;) {
    const send = () => tenant.defender.notify({ clientState, ...alertIds });
    if ((await deliver(world, random, 'a notification', true, send)) === ACCEPTED) return;
    if (Date.now() > deadline) throw new Error('no notification was taken');
    await rest(AGAIN_MS);
  }
}
