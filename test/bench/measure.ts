/** Durations (ms) or other amounts of one repeated operation. */
export type Sample = readonly number[];

/** Returns the smallest value that at least this share (above 0, up to 1) of the sample does not exceed. */
export function percentile(sample: Sample, share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export function median(sample: Sample): number {
  return percentile(sample, 0.5);
}

/** Returns the duration of the work, ms. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs the work this many times, one after another. */
export async function repeated(times: number, work: (round: number) => Promise<number>): Promise<Sample> {
  const sample: number[] = [];
  for (let round = 0; round < times; round += 1) sample.push(await work(round));
  return sample;
}
