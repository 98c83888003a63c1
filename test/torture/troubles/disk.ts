import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** Fills the disk under the database for some seconds. */
export async function fillingDisk(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { disk, replicas } = world;
  const pids = () => replicas.flatMap(({ pid }) => pid ?? []);
  while (!signal.aborted && disk !== undefined) {
    await rest(random.between(800, 4_000), undefined, { signal }).catch(() => undefined);
    await disk.fill(pids());
    world.otherFaults += 1;
    await rest(random.between(500, 3_000), undefined, { signal }).catch(() => undefined);
    await disk.free(pids());
  }
}
