import { setTimeout as rest } from 'node:timers/promises';
import type { Trouble } from '../plan.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { answering } from './answers.ts';
import { jumping } from './clock.ts';
import { fillingDisk } from './disk.ts';
import { hinting } from './hints.ts';
import { killing } from './kills.ts';
import { pausing } from './pauses.ts';
import { restartingPostgres } from './postgres.ts';

type Making = (world: World, random: Random, signal: AbortSignal) => Promise<void>;

const MAKING: { readonly [trouble in Trouble]: Making } = {
  kills: killing,
  hints: hinting,
  answers: answering,
  postgres: restartingPostgres,
  disk: fillingDisk,
  clock: jumping,
  pauses: pausing,
};

/** Injects all faults of a trial until `signal` aborts, or until the last kill in a trial with kills. */
export async function makeTrouble(world: World, random: Random, signal: AbortSignal): Promise<void> {
  const { troubles } = world.plan;
  // Gives people time for their detours.
  if (troubles.length === 0) await rest(world.plan.troubleMs, undefined, { signal }).catch(() => undefined);
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const others = troubles.filter((trouble) => trouble !== 'kills');
  const made = others.map((trouble) => MAKING[trouble](world, random.fork(trouble), until));
  if (troubles.includes('kills')) {
    await killing(world, random.fork('kills'), signal);
    over.abort();
  }
  await Promise.all(made);
}
