import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** The disk under the database is full for some seconds, and has room again. */
export async function fillingDisk({ disk, replicas }: World, random: Random, signal: AbortSignal): Promise<void> {
  const pids = () => replicas.flatMap(({ pid }) => pid ?? []);
  while (!signal.aborted && disk !== undefined) {
    await rest(random.between(800, 4_000), undefined, { signal }).catch(() => undefined);
    await disk.fill(pids());
    await rest(random.between(500, 3_000), undefined, { signal }).catch(() => undefined);
    await disk.free(pids());
  }
}
