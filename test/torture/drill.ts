import { setTimeout as rest } from 'node:timers/promises';
import { type Case, carryThrough, eligible } from './admins.ts';
import type { Random } from './random.ts';
import { seenCards } from './seen-cards.ts';
import type { World } from './world.ts';

const LATEST_START_MS = 20_000;
/** How long a person waits for the card of a drill before they ask for it again, ms. */
const PATIENCE_MS = 3_000;
const LOOK_MS = 100;
/** The line of a card that is the name of a drill. */
const NAMED = /^DRILL .*$/m;

/** Starts a drill at a random moment and has people carry it to its end, as they do a restriction. */
export async function playDrill(world: World, random: Random, signal: AbortSignal): Promise<void> {
  if (!world.plan.drill) return;
  await rest(random.between(0, Math.min(world.plan.troubleMs * 0.6, LATEST_START_MS)));
  const name = await started(world, random, signal);
  if (name === undefined) return;
  const it: Case = { name, random, over: new Set(), mischief: 0, approver: undefined };
  await carryThrough(world, it, signal);
}

/** Asks for a drill until there is a card, because a killed service forgets the request. Resolves to the drill's name. */
async function started(world: World, random: Random, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    world.turnTo(random);
    const person = random.pick(eligible(world));
    await world.tenant.teams.say({ person, text: 'drill', where: 'channel', locale: 'en-US' }).catch(() => undefined);
    const deadline = Date.now() + PATIENCE_MS;
    while (!signal.aborted && Date.now() < deadline) {
      const name = seenCards(world.tenant).flatMap(({ text }) => NAMED.exec(text) ?? [])[0];
      if (name !== undefined) return name;
      await rest(LOOK_MS);
    }
  }
  return undefined;
}
