import { setTimeout as rest } from 'node:timers/promises';
import { type Case, carryThrough } from './admins.ts';
import { newestCard } from './clicking.ts';
import type { Random } from './random.ts';
import { tell } from './report.ts';
import type { World } from './world.ts';

const LOOK_MS = 100;
const LATEST_START_MS = 20_000;

/** Restricts connectors one after another, some of them twice, and has people carry each to its end. */
export async function playStory(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const names = Array.from({ length: world.plan.connectors }, (_, index) => `Relay ${world.plan.seed} no ${index + 1}`);
  await Promise.all(names.map((name) => playOne(world, name, random.fork(name), signal)));
}

async function playOne(world: World, name: string, random: Random, signal: AbortSignal): Promise<void> {
  const mischief = random.between(...world.plan.detoursEach);
  const it: Case = { name, random, over: new Set(), mischief, approver: undefined };
  world.tenant.exchange.addConnector(name);
  await rest(random.between(0, Math.min(world.plan.troubleMs * 0.6, LATEST_START_MS)));
  const times = random.chance(0.3) ? 2 : 1;
  for (let time = 0; time < times && !signal.aborted; time += 1) {
    await restrict(world, it);
    if (random.chance(0.1)) await liftedEarly(world, it, signal);
    await carryThrough(world, it, signal);
  }
}

/** Raises the alert with the connector's name or without, before Exchange lists it, late, or not at all. */
export async function restrict(world: World, { name, random }: Case): Promise<void> {
  const { exchange, defender } = world.tenant;
  const named = { description: `Inbound connector ${name} was restricted.` };
  const way = random.pick(['named', 'named', 'named', 'late', 'unnamed', 'first', 'none'] as const);
  const raise = async (alert: Parameters<typeof defender.raise>[0]) =>
    void (await tell(world, random, defender.raise(alert).id));
  if (way === 'first') {
    await raise(named);
    await rest(random.between(0, 2_000));
  }
  exchange.restrict(name, { alert: false });
  if (way === 'named') return raise(named);
  if (way === 'unnamed') return raise({});
  await tell(world, random);
  if (way !== 'late') return;
  await rest(random.between(300, 2_000));
  await raise(named);
}

/** Lifts the restriction in the portal before anyone acts in the channel. */
async function liftedEarly(world: World, it: Case, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && newestCard(world, it.name, it.over) === undefined) await rest(LOOK_MS);
  world.tenant.exchange.unblockInPortal(it.name);
  await tell(world, it.random);
}
