import type { Check, Verdict } from '../../../incident/model/finding.ts';
import type { StatementKind, StatementValues } from '../../../incident/model/statements/statement-values.ts';

/** How the place where a sentence stands writes what depends on it: a card draws times in the reader's zone, a message cannot. */
export type SentenceFormat = {
  /** A point in time, ms since the epoch. */
  time(ms: number): string;
  /** A length of time (ms), as people say it. */
  duration(ms: number): string;
  number(value: number): string;
};

/** For each kind of statement the sentence that says it; a kind without one does not compile. */
export type StatementSentences<K extends StatementKind = StatementKind> = {
  readonly [kind in K]: (values: StatementValues[kind], format: SentenceFormat) => string;
};

/** What a language has for findings. */
export type FindingWords = {
  readonly title: string;
  readonly checks: { readonly [check in Check]: string };
  /** Stands beside the mark, because colour and sign alone say nothing to some readers. */
  readonly verdicts: { readonly [verdict in Verdict]: string };
  readonly statements: StatementSentences;
  /** Beside the box that acknowledges a bad finding of this check, by its name here. */
  readonly acknowledge: (check: string) => string;
  /** `before` and `now` are sentences of the same check at two times. */
  readonly asApproved: (before: string, now: string) => string;
};
