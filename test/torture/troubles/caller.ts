import type { Random } from '../random.ts';
import type { Replica } from '../replica.ts';
import { ownerOf } from '../socket-owner.ts';
import type { World } from '../world.ts';

/** Returns the replica that made a call from this local port, or a random one when its process has ended. */
export async function callerAt({ replicas }: World, peerPort: number | undefined, random: Random): Promise<Replica> {
  const pids = replicas.flatMap(({ pid }) => pid ?? []);
  const owner = peerPort === undefined ? undefined : await ownerOf(peerPort, pids);
  return replicas.find(({ pid }) => pid === owner) ?? random.pick(replicas);
}
