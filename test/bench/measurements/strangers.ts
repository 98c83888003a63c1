import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endChild, tieToThisProcess } from '../../demo/child.ts';
import { clicksFor } from '../clicks-for.ts';
import { median } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { residentMemory } from '../memory.ts';
import { restrictMany } from '../restricted.ts';
import type { Figure } from '../table.ts';

const ATTACK = fileURLToPath(new URL('../strangers/attack.ts', import.meta.url));
const LEAST_MS = 3_000;
const MS_FOR_EACH_ROUND = 80;
const OPEN_INCIDENTS = 41;

const BESIDE = {
  silent: '4,000 connections on which nothing is sent',
  dribble: '2,000 headers that do not end',
  bodies: '3,000 held bodies of 1 MB',
  unsigned: 'a flood of requests without a token',
  forged: 'a flood of forged tokens',
  readers: '200 readers of figures and probes',
} as const;

/**
 * Measures how long a click takes during what strangers can do without a token, with many incidents open, and how much memory
 * remains in use.
 */
export const strangers: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant, urls } = world;
  const [card] = await restrictMany(world, OPEN_INCIDENTS);
  const activityId = card?.activityId ?? '';
  const forMs = Math.max(LEAST_MS, rounds * MS_FOR_EACH_ROUND);
  const before = await residentMemory(urls[0]);
  const idle = { name: 'the same click while idle', value: median(await clicksFor(tenant, activityId, forMs / 2)) };
  const forged = await tenant.teams.sign(tenant.teams.serviceUrl, 'bad-signature');
  const figures: Figure[] = [];
  for (const [kind, what] of Object.entries(BESIDE)) {
    await using _attack = await beginAttack(kind, urls[0], forged);
    const sample = await clicksFor(tenant, activityId, forMs);
    figures.push({ name: `click beside ${what}`, unit: 'ms', sample, baseline: idle });
  }
  const after = [await residentMemory(urls[0])];
  const memory = { name: 'before them', value: before };
  return [...figures, { name: 'memory after all of these', unit: 'MB', sample: after, baseline: memory }];
};

async function beginAttack(kind: string, url: string, token: string): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, [ATTACK, kind, url, token], { stdio: ['pipe', 'pipe', 'inherit'] });
  tieToThisProcess(child);
  await once(child.stdout, 'readable');
  return { [Symbol.asyncDispose]: () => endChild(child) };
}
