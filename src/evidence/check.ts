import type { Check, Statement, Statements } from '../incident/model/finding.ts';
import type { Needs } from './missing.ts';
import type { Subject } from './subject.ts';

export type Look = {
  /** When it began, ms since the epoch. */
  readonly at: number;
  /** Aborts when the check's time is up. */
  readonly signal: AbortSignal;
};

/** What a check read. `missing` says what it could not read, so that its finding is never `good`; empty when it read all. */
export type Facts<F> = { readonly facts: F; readonly missing: readonly Statement[] };

/** A check reads, through clients, and then judges, which is pure: the same facts give the same statements. */
type CheckParts<F> = {
  readonly check: Check;
  /** How long the reading may take. */
  readonly timeoutMs: number;
  /** What the reading needs, for the sentence that says why it failed. */
  readonly needs: Needs;
  /** Throws an UpstreamError when nothing could be read. */
  readonly read: (subject: Subject, look: Look) => Promise<Facts<F>>;
  readonly judge: (facts: F, subject: Subject, at: number) => Statements;
};

export type RunnableCheck = Pick<CheckParts<unknown>, 'check' | 'timeoutMs' | 'needs'> & {
  /** Throws an UpstreamError when nothing could be read. */
  run(subject: Subject, look: Look): Promise<Statements>;
};

export function createCheck<F>({ read, judge, ...about }: CheckParts<F>): RunnableCheck {
  return {
    ...about,
    async run(subject, look) {
      const { facts, missing } = await read(subject, look);
      const [first, ...rest] = judge(facts, subject, look.at);
      return [first, ...rest, ...missing];
    },
  };
}

/** Of a reading that missed nothing. */
export function whole<F>(facts: F): Facts<F> {
  return { facts, missing: [] };
}
