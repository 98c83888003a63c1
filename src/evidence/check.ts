import type { Check, Statement, Statements } from '../incident/model/finding.ts';
import type { EvidenceSource } from '../incident/model/statements/general.ts';
import type { Subject } from './subject.ts';

export type CheckRun = {
  /** When it began, ms since the epoch. */
  readonly at: number;
  /** Aborts when the check's time is up. */
  readonly signal: AbortSignal;
};

/**
 * What a check read. `missing` states what could not be read, so that the finding is never `good`; it is empty when everything
 * was read.
 */
export type Facts<F> = { readonly facts: F; readonly missing: readonly Statement[] };

/** The parts of a check: `read` calls the clients, and `judge` is pure, so that the same facts give the same statements. */
type CheckParts<F> = {
  readonly check: Check;
  /** The time limit of the reading, ms. */
  readonly timeoutMs: number;
  /** The source that the statement names when the reading fails. */
  readonly source: EvidenceSource;
  /** Throws an UpstreamError when nothing could be read. */
  readonly read: (subject: Subject, run: CheckRun) => Promise<Facts<F>>;
  readonly judge: (facts: F, subject: Subject, at: number) => Statements;
};

export type RunnableCheck = Pick<CheckParts<unknown>, 'check' | 'timeoutMs' | 'source'> & {
  /** Throws an UpstreamError when nothing could be read. */
  run(subject: Subject, run: CheckRun): Promise<Statements>;
};

export function createCheck<F>({ read, judge, ...about }: CheckParts<F>): RunnableCheck {
  return {
    ...about,
    async run(subject, checkRun) {
      const { facts, missing } = await read(subject, checkRun);
      const [first, ...rest] = judge(facts, subject, checkRun.at);
      return [first, ...rest, ...missing];
    },
  };
}

/** Returns the facts of a reading from which nothing is missing. */
export function whole<F>(facts: F): Facts<F> {
  return { facts, missing: [] };
}
