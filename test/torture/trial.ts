import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresServer } from '../databases/postgres-server.ts';
import { playDrill } from './drill.ts';
import { gather } from './gather.ts';
import { type Violation, violationsIn } from './invariants/all.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { allAnswer, calmDown, comeToRest } from './settle.ts';
import { playStory } from './story.ts';
import { makeTrouble } from './troubles/all.ts';
import { openWorld, type World } from './world.ts';

export type Outcome = {
  readonly plan: Plan;
  readonly kills: number;
  readonly otherFaults: number;
  readonly ms: number;
  readonly violations: readonly Violation[];
};

/** The time people have to finish once no more faults are injected. */
const FINISH_WITHIN_MS = 240_000;

/** Runs one trial and returns the violated invariants. Evidence of a failed trial is kept under `keepIn`. */
export async function runTrial(
  plan: Plan,
  postgres: PostgresServer | undefined,
  keepIn: string,
  keeping: 'failures' | 'all' = 'failures',
): Promise<Outcome> {
  return conclude(plan, postgres, play, keepIn, keeping);
}

type Play = (world: World) => Promise<readonly Violation[]>;

/** Opens a world, plays `toPlay` in it, and checks the invariants on what it leaves behind. */
export async function conclude(
  plan: Plan,
  postgres: PostgresServer | undefined,
  toPlay: Play,
  keepIn: string,
  keeping: 'failures' | 'all',
): Promise<Outcome> {
  const begun = performance.now();
  const world = await openWorld(plan, postgres);
  try {
    const unfinished = await toPlay(world).catch((error: unknown) => [
      { invariant: 'the trial itself', what: String(error) },
    ]);
    const evidence = await gather(world);
    const violations = [...unfinished, ...violationsIn(evidence)];
    if (violations.length > 0 || keeping === 'all')
      await keep(world, join(keepIn, plan.seed), { violations, evidence });
    const { kills, otherFaults } = world;
    return { plan, kills, otherFaults, ms: performance.now() - begun, violations };
  } finally {
    await world.stop();
  }
}

/** Injects faults while people work, then lets both finish; returns what did not finish in time. */
async function play(world: World): Promise<readonly Violation[]> {
  const random = createRandom(world.plan.seed);
  const finish = new AbortController();
  const story = Promise.all([
    playStory(world, random.fork('story'), finish.signal),
    playDrill(world, random.fork('drill'), finish.signal),
  ]);
  // The story is awaited below; without this handler an earlier failure would count as unhandled.
  story.catch(() => undefined);
  // Kills may hit the first start; every other fault needs a running service.
  if (!world.plan.troubles.includes('kills')) await allAnswer(world);
  await makeTrouble(world, random.fork('trouble'), AbortSignal.timeout(world.plan.troubleMs));
  await calmDown(world);
  const impatience = setTimeout(() => finish.abort(), FINISH_WITHIN_MS);
  await story;
  clearTimeout(impatience);
  await comeToRest(world, random.fork('rest'));
  return finish.signal.aborted ? [{ invariant: 'reached its end', what: 'people could not finish in time' }] : [];
}

async function keep(world: World, folder: string, details: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { logPath } of world.replicas) await cp(logPath, join(folder, logPath.split('/').at(-1) ?? 'log'));
  const plain = (_key: string, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value;
  const everything = { plan: world.plan, ...details, record: world.tenant.record };
  await writeFile(join(folder, 'evidence.json'), JSON.stringify(everything, plain, 1));
}
