import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

const FARTHEST_MS = 5 * 60_000;

/**
 * The service's clock jumps by minutes, forward and back. In the end it shows the latest time it has ever shown or more:
 * until a clock that was set back has caught up, the service may wait.
 */
export async function jumping(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { clocks } = world;
  let farthest = 0;
  while (!signal.aborted) {
    await rest(random.between(500, 4_000), undefined, { signal }).catch(() => undefined);
    const offset = random.between(-FARTHEST_MS, FARTHEST_MS);
    world.strokes += 1;
    farthest = Math.max(farthest, offset);
    // Replicas on one database are on machines whose clocks agree, so all of them jump.
    for (const clock of clocks) clock.move(offset);
  }
  for (const clock of clocks) clock.move(farthest);
}
