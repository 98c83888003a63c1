import { setTimeout as rest } from 'node:timers/promises';
import type { FaultHandle } from '../../tenant/faults.ts';
import type { Random } from '../random.ts';
import type { Replica } from '../replica.ts';
import { ownerOf } from '../socket-owner.ts';
import type { World } from '../world.ts';

/** A call that does not come within this time is not waited for. */
const CALL_WITHIN_MS = 2_500;
const MOST_CALLS = 22;
/** What is left hanging when its caller dies: never done, done only afterwards, done but not answered. */
const MOMENTS = ['lose', 'lose', 'hang', 'act-then-hang', 'act-then-hang'] as const;

/** Kills replicas at their calls to others and at moments of chance, as often as the plan says. */
export async function killing(world: World, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && world.kills < world.plan.kills) {
    if (random.chance(0.7)) await killAtCall(world, random, signal);
    else await killAtMoment(world, random);
  }
}

async function killAtCall(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { faults } = world.tenant;
  const fault = faults.add({ kind: random.pick(MOMENTS), skip: random.between(0, MOST_CALLS), times: 1 });
  const hit = await Promise.race([fault.whenHit(), rest(CALL_WITHIN_MS, undefined, { signal }).catch(() => undefined)]);
  if (hit !== undefined) await kill(world, await callerAt(world, hit.peerPort, random));
  await letGo(fault, hit === undefined ? 0 : random.pick([0, 0, 300, 1_500]));
}

/** What hung goes on when nobody listens any more, at once or when the next life has begun. */
async function letGo(fault: FaultHandle, afterMs: number): Promise<void> {
  if (afterMs === 0) fault.clear();
  else setTimeout(fault.clear, afterMs).unref();
}

async function callerAt({ replicas }: World, peerPort: number | undefined, random: Random): Promise<Replica> {
  const pids = replicas.flatMap(({ pid }) => pid ?? []);
  const owner = peerPort === undefined ? undefined : await ownerOf(peerPort, pids);
  return replicas.find(({ pid }) => pid === owner) ?? random.pick(replicas);
}

/** Anywhere: while it starts, works, writes or rests. */
async function killAtMoment(world: World, random: Random): Promise<void> {
  await rest(random.between(0, 1_800));
  await kill(world, random.pick(world.replicas));
}

async function kill(world: World, replica: Replica): Promise<void> {
  if (await replica.kill()) world.kills += 1;
}
