import { setTimeout as rest } from 'node:timers/promises';
import { repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { bareNodeMemory, residentMemory } from '../memory.ts';
import { BETWEEN_POSTS_MS, MAX_POSTS, type Restricted, restrict } from '../restricted.ts';
import type { Baseline, Figure } from '../table.ts';
import type { World } from '../world.ts';

const POLLING_MS = 1_000;
const DEFAULT_POLLING_MS = 60_000;

/** Measures the time from a restriction and its alert until the card is in the channel. */
export const restrictionToCard: Measurement = async (bench) => {
  const pushed = await rounds(bench, true);
  const polled = await rounds(bench, false);
  const memory = bareNodeMemory();
  const atDefault = pushed.sample.map((ms) => ms + bench.random() * DEFAULT_POLLING_MS);
  return [
    { name: 'restriction to card, push', unit: 'ms', sample: pushed.sample, baseline: null },
    {
      name: 'restriction to card, polling every 1 s',
      unit: 'ms',
      sample: polled.sample,
      baseline: halfOf(POLLING_MS),
    },
    {
      name: 'restriction to card, polling every 60 s (computed)',
      unit: 'ms',
      sample: atDefault,
      baseline: halfOf(DEFAULT_POLLING_MS),
    },
    { name: 'memory after the start', unit: 'MB', sample: pushed.atStart, baseline: memory },
    { name: `memory after ${pushed.each} restrictions`, unit: 'MB', sample: pushed.atEnd, baseline: memory },
  ] satisfies Figure[];
};

/** The median time until the next poll. */
function halfOf(ms: number): Baseline {
  return { name: 'half the interval', value: ms / 2 };
}

/** Uses as many worlds as necessary to stay within the rate at which Teams lets a bot post. */
async function rounds({ open, rounds: total, random }: Bench, push: boolean) {
  const each = Math.min(total, MAX_POSTS);
  const sample: number[] = [];
  const atStart: number[] = [];
  const atEnd: number[] = [];
  while (sample.length < total) {
    await using world = await open({ push, settings: push ? {} : { POLL_SECONDS: String(POLLING_MS / 1_000) } });
    atStart.push(await residentMemory(world.urls[0]));
    const last = Math.min(each, total - sample.length);
    sample.push(...(await (push ? oneByOne(world, last) : atRandom(world, last, random))));
    atEnd.push(await residentMemory(world.urls[0]));
  }
  return { sample, each, atStart, atEnd };
}

/** Starts each restriction after the card of the one before, so that none waits for another. */
function oneByOne(world: World, times: number): Promise<Sample> {
  return repeated(times, async (number) => {
    const { ms } = await restrict(world, number);
    await rest(BETWEEN_POSTS_MS);
    return ms;
  });
}

/** Starts restrictions regardless of earlier cards, so that each falls into a random phase of the poll. */
async function atRandom(world: World, times: number, random: () => number): Promise<Sample> {
  const cards: Promise<Restricted>[] = [];
  for (let number = 0; number < times; number += 1) {
    cards.push(restrict(world, number));
    await rest(BETWEEN_POSTS_MS * (1 + random()));
  }
  return (await Promise.all(cards)).map(({ ms }) => ms);
}
