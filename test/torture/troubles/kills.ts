import { setTimeout as rest } from 'node:timers/promises';
import type { FaultHandle, Faults } from '../../tenant/faults.ts';
import type { Random } from '../random.ts';
import type { Replica } from '../replica.ts';
import type { World } from '../world.ts';
import { drawAim } from './aims.ts';
import { callerAt } from './caller.ts';

type Fault = Parameters<Faults['add']>[0];

/** The time to wait for a randomly chosen call, ms. A call that the plan names is waited for until the faults end. */
const CALL_WITHIN_MS = 2_500;
const MAX_CALLS = 22;
const MOMENTS = ['lose', 'lose', 'hang', 'act-then-hang', 'act-then-hang'] as const;

/** Kills replicas during calls to other systems and at random moments, as often as the plan says. */
export async function killing(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { aims, troubleMs } = world.plan;
  for (const aim of aims) await killAtCall(world, random, { ...aim, times: 1 }, troubleMs, signal);
  while (!signal.aborted && world.kills < world.plan.kills) {
    const way = random.pick(['any call', 'any call', 'any call', 'aimed', 'aimed', 'moment'] as const);
    if (way === 'moment') await killAtMoment(world, random);
    else {
      const anyCall: Fault = { kind: random.pick(MOMENTS), skip: random.between(0, MAX_CALLS) };
      const fault = way === 'aimed' ? drawAim(random) : anyCall;
      await killAtCall(world, random, { ...fault, times: 1 }, CALL_WITHIN_MS, signal);
    }
  }
}

async function killAtCall(world: World, random: Random, at: Fault, withinMs: number, signal: AbortSignal) {
  const fault = world.tenant.faults.add(at);
  const hit = await Promise.race([fault.whenHit(), rest(withinMs, undefined, { signal }).catch(() => undefined)]);
  if (hit !== undefined) await kill(world, await callerAt(world, hit.peerPort, random));
  letGo(fault, hit === undefined ? 0 : random.pick([0, 0, 300, 1_500]));
}

/** Releases a call that hangs, at once or after the replica has been started again. */
function letGo(fault: FaultHandle, afterMs: number): void {
  if (afterMs === 0) fault.clear();
  else setTimeout(fault.clear, afterMs).unref();
}

/** Kills a random replica at a random moment: while it starts, works, writes or idles. */
async function killAtMoment(world: World, random: Random): Promise<void> {
  await rest(random.between(0, 1_800));
  await kill(world, random.pick(world.replicas));
}

async function kill(world: World, replica: Replica): Promise<void> {
  if (await replica.kill()) world.kills += 1;
}
