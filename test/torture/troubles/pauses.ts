import { setTimeout as rest } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { drawAim } from './aims.ts';
import { callerAt } from './caller.ts';

/** Longer than the lease of a job, so that another replica takes over what the paused one is doing. */
const PAUSE_MS = [10_500, 14_000] as const;
const CALL_WITHIN_MS = 5_000;

/** Pauses a replica during a call (SIGSTOP), as a suspended or starved machine would, and lets it go on after its leases expired. */
export async function pausing(world: World, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const call = world.tenant.faults.add({ ...drawAim(random), times: 1 });
    const late = rest(CALL_WITHIN_MS, undefined, { signal }).catch(() => undefined);
    const hit = await Promise.race([call.whenHit(), late]);
    if (hit !== undefined) {
      const replica = await callerAt(world, hit.peerPort, random);
      world.otherFaults += 1;
      replica.pause();
      call.clear();
      await rest(random.between(...PAUSE_MS), undefined, { signal }).catch(() => undefined);
      replica.resume();
    }
    call.clear();
  }
}
