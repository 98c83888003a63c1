import { type Load, type Seen, send } from './baselines/load.ts';
import { median } from './measure.ts';
import type { Figure } from './table.ts';

type Sides = { readonly bare: readonly Seen[]; readonly service: readonly Seen[] };

/** A larger variation of the baseline between rounds means that the machine was busy with something else. */
const MOST_VARIATION = 0.15;

/** Sends the same requests to the bare libraries and to the service alternately, after a warm-up round of each. */
export async function sideBySide(
  what: string,
  load: Omit<Load, 'url'>,
  {
    bare,
    service,
    rounds,
    expected,
  }: { readonly bare: string; readonly service: string; readonly rounds: number; readonly expected: number },
): Promise<Sides> {
  const seen = { bare: [] as Seen[], service: [] as Seen[] };
  for (let round = -1; round < rounds; round += 1) {
    const one = {
      bare: await send({ ...load, url: bare }, expected),
      service: await send({ ...load, url: service }, expected),
    };
    if (round < 0) continue;
    seen.bare.push(one.bare);
    seen.service.push(one.service);
  }
  warnOfVariation(
    what,
    seen.bare.map(({ perSecond }) => perSecond),
  );
  return seen;
}

/** Prints a warning when the machine was not quiet. */
export function warnOfVariation(what: string, baseline: readonly number[]): void {
  const variation = (Math.max(...baseline) - Math.min(...baseline)) / median(baseline);
  if (variation <= MOST_VARIATION) return;
  const percent = Math.round(variation * 100);
  process.stderr.write(
    `The baseline of ${what} varied by ${percent} %: this machine has other things to do. Measure again.\n`,
  );
}

/** Returns the requests per second, and the 99th percentile of a round, each compared with the bare libraries. */
export function figuresOf(what: string, name: string, { bare, service }: Sides): readonly Figure[] {
  const middle = (sides: readonly Seen[], key: 'perSecond' | 'p99') => median(sides.map((seen) => seen[key]));
  return [
    {
      name: what,
      unit: 'per second',
      sample: service.map(({ perSecond }) => perSecond),
      baseline: { name, value: middle(bare, 'perSecond') },
    },
    {
      name: `${what}: slowest of a hundred`,
      unit: 'ms',
      sample: service.map(({ p99 }) => p99),
      baseline: { name, value: middle(bare, 'p99') },
    },
  ];
}
