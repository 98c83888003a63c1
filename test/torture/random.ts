/** A seeded source of random numbers: the same seed gives the same draws. */
export type Random = {
  /** A number from 0 up to 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  pick<T>(from: readonly T[]): T;
  /** A separate source for a part of the trial, so that one part's draws do not shift another's. */
  fork(name: string): Random;
};

/** Creates a source from any text. The generator is mulberry32 (public domain, Tommy Ettinger). */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick<T>(from: readonly T[]): T {
      const picked = from[between(0, from.length - 1)];
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** The seed of the n-th trial of a run, short enough to be typed. */
export function trialSeed(seed: string, n: number): string {
  return hash(`${seed}#${n}`).toString(16).padStart(8, '0');
}

/** FNV-1a, 32 bits, with a final mix so that similar texts give distant numbers. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 16)) >>> 0;
}
