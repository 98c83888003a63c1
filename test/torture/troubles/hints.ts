import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { FORGERIES } from '../../tenant/channel-tokens.ts';
import { type Click, dataOf, press } from '../clicking.ts';
import type { Random } from '../random.ts';
import { deliver } from '../report.ts';
import { seenCards } from '../seen-cards.ts';
import type { World } from '../world.ts';

const STRANGERS_TENANT = '99999999-aaaa-0bbb-1ccc-dddddddddddd';
const GARBAGE: readonly unknown[] = [{}, { value: [] }, { value: [{ clientState: 7 }] }, [], 'hello', 42, null];

/** Duplicated, reordered, late and forged notifications and clicks. */
export async function hinting(world: World, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rest(random.between(20, 300));
    world.otherFaults += 1;
    await (random.chance(0.6) ? notification(world, random) : forgedClick(world, random));
  }
}

async function notification(world: World, random: Random): Promise<void> {
  const { defender } = world.tenant;
  const clientState = world.notificationSecret;
  const known = defender.all().map(({ id }) => id);
  const alertIds = [known.length > 0 ? random.pick(known) : randomUUID()];
  const send = (what: string, genuine: boolean, by: Parameters<typeof deliver>[4]) =>
    deliver(world, random, what, genuine, by);
  switch (random.between(0, 6)) {
    case 0: {
      const late = () => send('a repeated notification', true, () => defender.notify({ clientState, alertIds }));
      await Promise.all([late(), late(), late()]);
      return;
    }
    case 1:
      await send('a notification with another clientState', false, () =>
        defender.notify({ clientState: randomUUID() }),
      );
      return;
    case 2:
      await send('a notification without clientState', false, () => defender.notify({ clientState: undefined }));
      return;
    case 3:
      await send('a notification of another tenant', false, () =>
        defender.notify({ clientState, tenantId: STRANGERS_TENANT }),
      );
      return;
    case 4:
      await send('a body that is no notification', false, () => defender.notifyRaw(random.pick(GARBAGE)));
      return;
    case 5:
      await send('a lifecycle notification', true, () =>
        defender.lifecycle({
          clientState,
          event: random.pick(['reauthorizationRequired', 'missed', 'subscriptionRemoved']),
        }),
      );
      return;
    default:
      await send('a forged lifecycle notification', false, () =>
        defender.lifecycle({ clientState: 'guessed', event: 'missed' }),
      );
  }
}

async function forgedClick(world: World, random: Random): Promise<void> {
  const { people } = world.tenant;
  const shown = seenCards(world.tenant);
  if (shown.length === 0) return;
  const card = random.pick(shown);
  const verb = random.pick(['approve', 'confirm', 'reject', 'withdraw', 'acknowledge']);
  const data = dataOf(card, verb) ?? { incidentId: randomUUID(), approvalId: randomUUID() };
  const click: Click = { person: random.pick(Object.values(people)), card, verb, data };
  const elsewhere = random.chance(0.3);
  await press(
    world,
    random,
    elsewhere ? { ...click, tenantId: STRANGERS_TENANT } : { ...click, forgery: random.pick(FORGERIES) },
  );
}
