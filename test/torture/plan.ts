import { createRandom, type Random } from './random.ts';

export const TROUBLES = ['kills', 'hints', 'answers', 'postgres', 'disk', 'clock'] as const;
/** What is done to the service in a trial; see the README of this folder. */
export type Trouble = (typeof TROUBLES)[number];

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
  /** The trouble ends after so many kills, or after the time. */
  readonly kills: number;
  readonly troubleMs: number;
  readonly pollSeconds: number;
  readonly confirmWithinSeconds: number;
  readonly verifyWithinSeconds: number;
  readonly unblockLagMs: number;
  /** Whether the tenant grants the subscription and notifies by itself. */
  readonly pushed: boolean;
};

type Wishes = {
  readonly database?: Setup['database'] | undefined;
  readonly replicas?: Setup['replicas'] | undefined;
  readonly troubles?: readonly Trouble[] | undefined;
  readonly kills?: number | undefined;
};

/** Draws a trial from its seed; what is wished for overrides what is drawn. */
export function planTrial(seed: string, wishes: Wishes = {}): Plan {
  const random = createRandom(seed).fork('plan');
  const possible = SETUPS.filter(
    ({ database, replicas }) =>
      database === (wishes.database ?? database) && replicas === (wishes.replicas ?? replicas),
  );
  if (possible.length === 0) throw new Error('SQLite serves one replica only: choose another --database or --replicas');
  const setup = random.pick(possible);
  const drawn = drawTroubles(random, setup);
  // With long polls only a notification makes the service look, so one that is lost shows.
  const pollSeconds = random.pick([1, 1, 1, 3600]);
  return {
    ...setup,
    seed,
    troubles: (wishes.troubles ?? drawn).filter((trouble) => isPossible(trouble, setup)),
    connectors: random.between(3, 5),
    kills: wishes.kills ?? random.between(12, 20),
    troubleMs: 60_000,
    pollSeconds,
    confirmWithinSeconds: random.pick([4, 600, 600]),
    verifyWithinSeconds: random.pick([3, 6, 12]),
    unblockLagMs: random.pick([0, 0, 800, 2_000]),
    pushed: random.chance(0.5),
  };
}

export function isPossible(trouble: Trouble, { database }: Setup): boolean {
  if (trouble === 'postgres') return database === 'postgres';
  return trouble !== 'disk' || database === 'sqlite';
}

/** Kills in most trials, for they are what is counted; each other kind in some, and all at once in a few. */
function drawTroubles(random: Random, setup: Setup): readonly Trouble[] {
  const others = TROUBLES.filter((trouble) => trouble !== 'kills' && isPossible(trouble, setup));
  const odds = random.pick([0, 0.25, 0.25, 0.6]);
  const chosen = others.filter(() => random.chance(odds));
  return ['kills', ...chosen];
}
