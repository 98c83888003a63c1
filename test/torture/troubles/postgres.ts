import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** Stops PostgreSQL, in order or as a crash would, and starts it again. */
export async function restartingPostgres(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { postgres } = world;
  while (!signal.aborted && postgres !== undefined) {
    await rest(random.between(1_500, 5_000), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    await postgres.restart(random.pick(['fast', 'immediate']), random.between(0, 2_000));
    world.otherFaults += 1;
  }
}
