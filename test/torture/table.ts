import { SETUPS, TROUBLES } from './plan.ts';
import type { Outcome } from './trial.ts';

type Row = readonly [string, ...(string | number)[]];

/** The same trials summed up twice: by database, and by kind of fault. */
export function tableOf(outcomes: readonly Outcome[], seconds: number): string {
  const rows: Row[] = [['', 'runs', 'kills', 'other', 'violations', 'seconds']];
  for (const { database, replicas } of SETUPS) {
    const name = `${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
    rows.push(
      rowOf(
        name,
        outcomes.filter(({ plan }) => plan.database === database && plan.replicas === replicas),
      ),
    );
  }
  for (const trouble of TROUBLES)
    rows.push(
      rowOf(
        `with ${trouble}`,
        outcomes.filter(({ plan }) => plan.troubles.includes(trouble)),
      ),
    );
  const [, runs = 0, kills = 0, other = 0, violations = 0] = rowOf('', outcomes);
  rows.push(['all', runs, kills, other, violations, Math.round(seconds)]);
  return rows.map(lineOf).join('\n');
}

/** `other` counts the faults other than kills. Seconds are added up over trials, some of which ran at the same time. */
function rowOf(name: string, outcomes: readonly Outcome[]): Row {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return [
    name,
    outcomes.length,
    sum(({ kills }) => kills),
    sum(({ otherFaults }) => otherFaults),
    sum(({ violations }) => violations.length),
    Math.round(sum(({ ms }) => ms) / 1_000),
  ];
}

function lineOf([name, ...numbers]: Row): string {
  return `${name.padEnd(24)}${numbers.map((one) => String(one).padStart(11)).join('')}`;
}
