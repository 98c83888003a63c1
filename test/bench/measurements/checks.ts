import { type Call, HUNTING_CALL, mostWithin, type Source, TRACE_CALL } from '../counted-calls.ts';
import { type CountedDay, countedDay } from '../counted-day.ts';
import { countedIncident } from '../counted-incident.ts';
import type { Measurement } from '../measurement.ts';
import type { Figure } from '../table.ts';

const MINUTE_MS = 60_000;
const SIZES = [10, 100, 1_000];
/** With fewer rounds, the measurement with a thousand connectors is skipped. */
const ROUNDS_FOR_ALL = 50;
const SOURCES = ['hunting', 'message trace'] as const;

/** Counts the calls that a day of the daily checks, and one incident, make to Microsoft and DNS. */
export const checks: Measurement = async ({ open, rounds }) => {
  const figures: Figure[] = [];
  for (const size of rounds < ROUNDS_FOR_ALL ? SIZES.slice(0, 2) : SIZES)
    for (const source of SOURCES) {
      figures.push(...ofDay(`a day, ${size} connectors, ${source}`, source, await countedDay(size, source)));
      const incident = await countedIncident(open, size, source);
      figures.push(...ofCalls(`an incident, ${size} connectors, ${source}`, incident));
    }
  return figures;
};

function ofDay(of: string, source: Source, day: CountedDay): readonly Figure[] {
  const [call, span, limit] = source === 'hunting' ? [HUNTING_CALL, MINUTE_MS, 45] : [TRACE_CALL, 5 * MINUTE_MS, 100];
  return [
    figure(`${of}: checks of a connector`, day.checked),
    ...ofCalls(of, day),
    {
      ...figure(`${of}: most of ${call} in ${span / MINUTE_MS} min`, mostWithin(day.calls, call, span)),
      baseline: { name: `the ${limit} that Microsoft allows`, value: limit },
    },
  ];
}

type Counted = { readonly calls: readonly Call[]; readonly dns: number };

function ofCalls(of: string, { calls, dns }: Counted): readonly Figure[] {
  const counts = Map.groupBy(calls, ({ name }) => name);
  return [
    ...[...counts].map(([name, its]) => figure(`${of}: ${name}`, its.length)),
    figure(`${of}: questions to DNS`, dns),
  ];
}

function figure(name: string, value: number): Figure {
  return { name, unit: 'calls', sample: [value], baseline: null };
}
