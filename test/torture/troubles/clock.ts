import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

const FARTHEST_MS = 5 * 60_000;
/** Clocks that are kept by NTP differ by much less. */
const APART_MS = 1_000;

/**
 * The machine's clock jumps by minutes, forward and back; those of replicas stay up to two seconds apart. In the end each
 * shows the latest time it has ever shown or more, because a deadline that was set by that time is waited for.
 */
export async function jumping(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { clocks } = world;
  const leans = clocks.map((_, index) => random.fork(`clock ${index}`).between(-APART_MS, APART_MS));
  const moveAll = (offset: number) => {
    for (const [index, clock] of clocks.entries()) clock.move(offset + (leans[index] ?? 0));
  };
  let farthest = 0;
  while (!signal.aborted) {
    await rest(random.between(500, 4_000), undefined, { signal }).catch(() => undefined);
    const offset = random.between(-FARTHEST_MS, FARTHEST_MS);
    world.otherFaults += 1;
    farthest = Math.max(farthest, offset);
    moveAll(offset);
  }
  moveAll(farthest);
}
