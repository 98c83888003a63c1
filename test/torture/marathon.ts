import { setTimeout as rest } from 'node:timers/promises';
import { type Case, carryThrough } from './admins.ts';
import type { Violation } from './invariants/all.ts';
import { type Plan, planTrial } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import type { Servers } from './servers.ts';
import { allAnswer, calmDown, comeToRest } from './settle.ts';
import { restrict } from './story.ts';
import { conclude, type Outcome } from './trial.ts';
import type { World } from './world.ts';

const RESTRICTIONS = 200;
const AT_ONCE = 12;
const KILL_EVERY_MS = 3_000;
const FINISH_WITHIN_MS = 30 * 60_000;
const TELL_EVERY = 20;

type Say = (line: string) => void;

/** Carries 200 restrictions to their ends on three replicas, one of which is killed every few seconds. */
export async function runMarathon(
  seed: string,
  servers: Servers,
  keepIn: string,
  keeping: 'failures' | 'all',
  say: Say,
): Promise<Outcome> {
  const plan: Plan = {
    ...planTrial(seed, { database: 'postgres', replicas: 3, troubles: ['kills'], connectors: RESTRICTIONS }),
    ...{ pollSeconds: 1, confirmWithinSeconds: 600, verifyWithinSeconds: 60 },
  };
  return servers.with(plan, (server) => conclude(plan, server, (world) => run(world, say), keepIn, keeping));
}

async function run(world: World, say: Say): Promise<readonly Violation[]> {
  const random = createRandom(world.plan.seed);
  await allAnswer(world);
  const begun = performance.now();
  const over = new AbortController();
  const killing = killOnAndOn(world, random.fork('kills'), over.signal);
  const late = AbortSignal.timeout(FINISH_WITHIN_MS);
  await carryAll(world, random.fork('story'), late, say);
  over.abort();
  await killing;
  say(`${RESTRICTIONS} restrictions in ${Math.round((performance.now() - begun) / 1_000)} s, ${world.kills} kills`);
  await calmDown(world);
  await comeToRest(world, random.fork('rest'));
  return late.aborted ? [{ invariant: 'reached its end', what: 'people could not finish in time' }] : [];
}

/** Runs a bounded number at a time; the next begins as one ends. */
async function carryAll(world: World, random: Random, signal: AbortSignal, say: Say): Promise<void> {
  let begun = 0;
  let ended = 0;
  const work = async () => {
    while (begun < RESTRICTIONS && !signal.aborted) {
      begun += 1;
      const name = `Relay ${world.plan.seed} no ${begun}`;
      world.tenant.exchange.addConnector(name);
      const mischief = random.chance(0.3) ? 1 : 0;
      const it: Case = { name, random: random.fork(name), over: new Set(), mischief, approver: undefined };
      await restrict(world, it);
      await carryThrough(world, it, signal);
      ended += 1;
      if (ended % TELL_EVERY === 0) say(`  ${ended} of ${RESTRICTIONS}, ${world.kills} kills`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Kills no second replica before the first answers again. */
async function killOnAndOn(world: World, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rest(KILL_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const replica = random.pick(world.replicas);
    if (await replica.kill()) world.kills += 1;
    await allAnswer(world);
  }
}
