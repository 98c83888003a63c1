import type { Figure } from './table.ts';
import type { OpenWorld } from './world.ts';

export type Bench = {
  readonly open: OpenWorld;
  /** How often each thing is done. */
  readonly rounds: number;
  /** A number from 0 up to 1; the same ones for the same seed. */
  readonly random: () => number;
};

export type Measurement = (bench: Bench) => Promise<readonly Figure[]>;
