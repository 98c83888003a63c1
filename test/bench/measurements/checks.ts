import { type CountedCalls, countedDay, HUNTING_CALL, mostWithin, type Source, TRACE_CALL } from '../counted-day.ts';
import type { Measurement } from '../measurement.ts';
import type { Figure } from '../table.ts';

const MINUTE_MS = 60_000;
const SIZES = [10, 100, 1_000];
/** A first impression leaves out the thousand. */
const ROUNDS_FOR_ALL = 50;

/** What a day of the daily checks costs Microsoft and DNS, counted at their ends. */
export const checks: Measurement = async ({ rounds }) => {
  const figures: Figure[] = [];
  for (const size of rounds < ROUNDS_FOR_ALL ? SIZES.slice(0, 2) : SIZES)
    for (const source of ['hunting', 'message trace'] as const)
      figures.push(...figuresOf(`${size} connectors, ${source}`, source, await countedDay(size, source)));
  return figures;
};

function figuresOf(of: string, source: Source, day: CountedCalls): readonly Figure[] {
  const counts = Map.groupBy(day.calls, ({ name }) => name);
  const [call, span, limit] = source === 'hunting' ? [HUNTING_CALL, MINUTE_MS, 45] : [TRACE_CALL, 5 * MINUTE_MS, 100];
  const figure = (name: string, value: number): Figure => {
    return { name: `${of}: ${name}`, unit: 'calls', sample: [value], baseline: null };
  };
  return [
    figure('checks of a connector', day.checked),
    ...[...counts].map(([name, calls]) => figure(name, calls.length)),
    figure('questions to DNS', day.dns),
    {
      ...figure(`most of ${call} in ${span / MINUTE_MS} min`, mostWithin(day, call, span)),
      baseline: { name: `the ${limit} that Microsoft allows`, value: limit },
    },
  ];
}
