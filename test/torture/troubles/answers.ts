import { setTimeout as rest } from 'node:timers/promises';
import type { FaultHandle, Faults } from '../../tenant/faults.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

type Fault = Parameters<Faults['add']>[0];

const POST = /^POST .*\/v3\/conversations/;
const PUT = /^PUT /;
const REMOVE = 'Remove-BlockedConnector';
const LISTS = /^Get-/;

/** Graph, Exchange and Teams fail, answer late or in part, or do not answer at all, sometimes after they carried out the request. */
export async function answering(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const armed: FaultHandle[] = [];
  while (!signal.aborted) {
    const misfortune = drawMisfortune(random);
    const fault = world.tenant.faults.add(misfortune);
    armed.push(fault);
    await rest(random.between(200, 1_500), undefined, { signal }).catch(() => undefined);
    if (misfortune.times === 'until-cleared') fault.clear();
    // Releases the request that hangs, so that its answer arrives late.
    fault.release();
  }
  for (const fault of armed) {
    world.otherFaults += fault.hits();
    fault.clear();
  }
}

function drawMisfortune(random: Random): Fault {
  const retryAfter = random.chance(0.5) ? { retryAfterSeconds: 1 } : {};
  const service = random.pick(['graph', 'exchange', 'teams'] as const);
  return random.pick<() => Fault>([
    () => ({ service: 'teams', match: POST, kind: 'act-then-fail', status: random.pick([408, 502, 504]) }),
    () => ({ service: 'teams', match: PUT, kind: 'act-then-fail', status: random.pick([408, 502, 504]) }),
    () => ({ service: 'teams', match: random.pick([POST, PUT]), kind: 'act-then-reset' }),
    () => ({ service: 'exchange', match: REMOVE, kind: 'act-then-fail', status: random.pick([408, 502, 504]) }),
    () => ({ service: 'exchange', match: REMOVE, kind: 'act-then-reset' }),
    () => ({ service: 'exchange', match: REMOVE, kind: 'act-then-hang' }),
    () => ({ service: 'exchange', match: REMOVE, kind: 'reset' }),
    () => ({ service: 'exchange', match: LISTS, kind: 'truncate', keep: random.between(0, 1), times: 3 }),
    () => ({ service: 'graph', match: 'alerts_v2', kind: 'act-then-fail', status: 502 }),
    () => ({ service, kind: 'throttle', times: random.between(1, 4), ...retryAfter }),
    () => ({ service, kind: 'unavailable', status: random.pick([500, 502, 503, 504]), times: 3, ...retryAfter }),
    () => ({ service, kind: 'unavailable', times: 'until-cleared' }),
    () => ({ service, kind: 'reset', times: 2 }),
    () => ({ service, kind: 'latency', ms: random.between(100, 900), times: 6 }),
    () => ({ service: 'identity', kind: 'unavailable', times: 2 }),
  ])();
}
