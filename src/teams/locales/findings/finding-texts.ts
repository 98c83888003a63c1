import type { Check, Verdict } from '../../../incident/model/finding.ts';
import type { StatementKind, StatementValues } from '../../../incident/model/statements/statement-values.ts';

/** Formats what depends on where a sentence is shown: a card draws times in the reader's zone, a message cannot. */
export type SentenceFormat = {
  /** Formats a point in time, ms since the epoch. */
  time(ms: number): string;
  /** Formats a duration (ms). */
  duration(ms: number): string;
  number(value: number): string;
};

/** The sentence for each kind of statement; a kind without one does not compile. */
export type StatementSentences<K extends StatementKind = StatementKind> = {
  readonly [kind in K]: (values: StatementValues[kind], format: SentenceFormat) => string;
};

/** Shorter sentences for the first screen of a phone; a kind without one is shown in its whole sentence, cut. */
export type StatementsInShort = Partial<StatementSentences>;

/** The texts of one language for findings. */
export type FindingTexts = {
  readonly title: string;
  readonly checks: { readonly [check in Check]: string };
  /** Shown beside the mark, because colour and sign alone convey nothing to some readers. */
  readonly verdicts: { readonly [verdict in Verdict]: string };
  readonly statements: StatementSentences;
  readonly inShort: StatementsInShort;
  /** The label of the box that acknowledges a bad finding of this check; `check` is its name in this language. */
  readonly acknowledge: (check: string) => string;
  /** The label of what a check found at the approval, below what it found since. */
  readonly asApproved: string;
};
