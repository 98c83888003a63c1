import type { Figure } from './table.ts';
import type { OpenWorld } from './world.ts';

export type Bench = {
  readonly open: OpenWorld;
  /** The number of repetitions. */
  readonly rounds: number;
  /** Returns a number from 0 up to 1; the same sequence for the same seed. */
  readonly random: () => number;
};

export type Measurement = (bench: Bench) => Promise<readonly Figure[]>;
