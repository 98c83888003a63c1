import { DETOURS, type Detour } from './detours.ts';
import { createRandom, type Random } from './random.ts';
import type { Aim } from './troubles/aims.ts';

export const TROUBLES = ['kills', 'hints', 'answers', 'postgres', 'disk', 'clock', 'pauses'] as const;
/** A kind of fault that a trial injects; see the README of this folder. */
export type Trouble = (typeof TROUBLES)[number];

const MAX_TROUBLE_MS = 60_000;
const SLOW: ReadonlySet<Trouble> = new Set(['kills', 'pauses']);

export type Setup = { readonly database: 'sqlite' | 'postgres'; readonly replicas: 1 | 3 };

export const SETUPS: readonly Setup[] = [
  { database: 'sqlite', replicas: 1 },
  { database: 'postgres', replicas: 1 },
  { database: 'postgres', replicas: 3 },
];

/** Everything about a trial that is decided before it begins. */
export type Plan = Setup & {
  readonly seed: string;
  readonly troubles: readonly Trouble[];
  readonly connectors: number;
  /** What people may do besides approving and confirming, each with the same probability. */
  readonly detours: readonly Detour[];
  /** The number of detours per connector. */
  readonly detoursEach: readonly [least: number, most: number];
  /** Faults are injected until there were this many kills, or for `troubleMs`. */
  readonly kills: number;
  /** Calls at which the first kills are made. */
  readonly aims: readonly Aim[];
  readonly troubleMs: number;
  readonly pollSeconds: number;
  readonly confirmWithinSeconds: number;
  readonly verifyWithinSeconds: number;
  readonly unblockLagMs: number;
  /** Whether the tenant accepts the Graph subscription and sends notifications. */
  readonly pushed: boolean;
  /** Whether people hold a drill at the same time. */
  readonly drill: boolean;
};

type PlanOptions = Partial<
  Pick<
    Plan,
    | ('kills' | 'connectors' | 'detours' | 'detoursEach' | 'aims' | 'troubleMs' | 'drill')
    | ('pollSeconds' | 'confirmWithinSeconds' | 'verifyWithinSeconds')
  >
> & {
  readonly database?: Setup['database'] | undefined;
  readonly replicas?: Setup['replicas'] | undefined;
  readonly troubles?: readonly Trouble[] | undefined;
};

/** Draws a trial from its seed. An option overrides what the seed would give. */
export function planTrial(seed: string, { troubles: wanted, ...options }: PlanOptions = {}): Plan {
  const random = createRandom(seed).fork('plan');
  const possible = SETUPS.filter(
    ({ database, replicas }) =>
      database === (options.database ?? database) && replicas === (options.replicas ?? replicas),
  );
  if (possible.length === 0) throw new Error('SQLite serves one replica only: choose another --database or --replicas');
  const setup = random.pick(possible);
  const drawn = drawTroubles(random, setup);
  const troubles = (wanted ?? drawn).filter((trouble) => isPossible(trouble, setup));
  // With a poll an hour only a notification causes a reading, so a lost one is noticed.
  const pollSeconds = random.pick([1, 1, 1, 3600]);
  return {
    seed,
    troubles,
    connectors: random.between(3, 5),
    detours: DETOURS,
    detoursEach: [0, 3],
    kills: random.between(12, 20),
    aims: [],
    troubleMs: troubles.some((trouble) => SLOW.has(trouble)) ? MAX_TROUBLE_MS : random.between(8_000, 20_000),
    pollSeconds,
    confirmWithinSeconds: random.pick([4, 600, 600]),
    verifyWithinSeconds: random.pick([3, 6, 12]),
    unblockLagMs: random.pick([0, 0, 800, 2_000]),
    pushed: random.chance(0.5),
    drill: random.chance(0.5),
    ...options,
    ...setup,
  };
}

function isPossible(trouble: Trouble, { database }: Setup): boolean {
  if (trouble === 'postgres') return database === 'postgres';
  return trouble !== 'disk' || database === 'sqlite';
}

/** Kills in every trial, since a run is measured by them; each other kind in some, and all of them in a few. */
function drawTroubles(random: Random, setup: Setup): readonly Trouble[] {
  const others = TROUBLES.filter((trouble) => trouble !== 'kills' && isPossible(trouble, setup));
  const odds = random.pick([0, 0.25, 0.25, 0.6]);
  const chosen = others.filter(() => random.chance(odds));
  return ['kills', ...chosen];
}
