import { setTimeout as rest } from 'node:timers/promises';
import { bareRoundTrip } from '../bare.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { bareNodeMemory, residentMemory } from '../memory.ts';
import { BETWEEN_POSTS_MS, MOST_POSTS, restrict } from '../restricted.ts';
import type { Figure } from '../table.ts';

const POLLING_MS = 1_000;
const DEFAULT_POLLING_MS = 60_000;

/** From the moment the tenant restricts a connector and raises its alert to the card being in the channel. */
export const restrictionToCard: Measurement = async (bench) => {
  const pushed = await rounds(bench, true);
  const polled = await rounds(bench, false);
  const { baseline } = pushed;
  const memory = bareNodeMemory();
  const atDefault = pushed.sample.map((ms) => ms + bench.random() * DEFAULT_POLLING_MS);
  return [
    { name: 'restriction to card, push', unit: 'ms', sample: pushed.sample, baseline },
    { name: 'restriction to card, polling every 1 s', unit: 'ms', sample: polled.sample, baseline: polled.baseline },
    { name: 'restriction to card, polling every 60 s (computed)', unit: 'ms', sample: atDefault, baseline },
    { name: 'memory after the start', unit: 'MB', sample: pushed.atStart, baseline: memory },
    { name: `memory after ${pushed.each} restrictions`, unit: 'MB', sample: pushed.atEnd, baseline: memory },
  ] satisfies Figure[];
};

/** In as many worlds as it takes to stay within what Teams lets a bot post. */
async function rounds({ open, rounds: total, random }: Bench, push: boolean) {
  const each = Math.min(total, MOST_POSTS);
  const sample: number[] = [];
  const trips: number[] = [];
  const atStart: number[] = [];
  const atEnd: number[] = [];
  let name = '';
  while (sample.length < total) {
    await using world = await open({ push, settings: push ? {} : { POLL_SECONDS: String(POLLING_MS / 1_000) } });
    const bare = await bareRoundTrip(world.tenant);
    name = bare.name;
    trips.push(bare.value);
    atStart.push(await residentMemory(world.urls[0]));
    const last = Math.min(each, total - sample.length);
    for (let number = 0; number < last; number += 1) {
      sample.push((await restrict(world, number)).ms);
      // Whatever the phase of the poll, a restriction meets it at random.
      await rest(BETWEEN_POSTS_MS + (push ? 0 : random() * POLLING_MS));
    }
    atEnd.push(await residentMemory(world.urls[0]));
  }
  const baseline = { name, value: trips.reduce((sum, trip) => sum + trip, 0) / trips.length };
  return { sample, baseline, each, atStart, atEnd };
}
