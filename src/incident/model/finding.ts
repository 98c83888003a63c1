import type { StatementKind, StatementValues } from './statements/statement-values.ts';

/** What is checked of a connector before people decide about it, in the order of Microsoft's procedure: identify, review, accounts. */
export const CHECKS = [
  'traffic',
  'senders',
  'sending_addresses',
  'configuration_change',
  'who_may_send',
  'sender_authentication',
  'server_exposure',
  'accounts',
  'earlier_restrictions',
] as const;

export type Check = (typeof CHECKS)[number];

/** From best to worst. `unknown` is never better than `good`: it means that nobody could check, and its statement says why. */
export const VERDICTS = ['good', 'unknown', 'concern', 'bad'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One thing a check found. A locale writes the sentence from kind and values; it is never stored. */
export type Statement<K extends StatementKind = StatementKind> = {
  [kind in K]: { readonly kind: kind; readonly verdict: Verdict; readonly values: StatementValues[kind] };
}[K];

/** At least one: a check that found nothing says so. */
export type Statements = readonly [Statement, ...Statement[]];

/** What one check found of one connector. */
export type Finding = {
  readonly check: Check;
  /** That of its worst statement. */
  readonly verdict: Verdict;
  /** The worst first. */
  readonly statements: Statements;
  /** When its reading began, ms since the epoch. */
  readonly readAt: number;
};

export function finding(check: Check, statements: Statements, readAt: number): Finding {
  const [worst, ...rest] = [...statements].sort((a, b) => rank(b.verdict) - rank(a.verdict));
  const sorted: Statements = worst === undefined ? statements : [worst, ...rest];
  return { check, verdict: sorted[0].verdict, statements: sorted, readAt };
}

/** Findings in the order people read them: the worst first, then that of the procedure. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => rank(b.verdict) - rank(a.verdict) || CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check),
  );
}

/** The latest finding of each check; of two with the same time, the one that arrived later. */
export function latestOf(known: readonly Finding[], arrived: readonly Finding[]): readonly Finding[] {
  const latest = new Map<Check, Finding>();
  for (const it of [...known, ...arrived]) {
    const before = latest.get(it.check);
    if (before === undefined || it.readAt >= before.readAt) latest.set(it.check, it);
  }
  return CHECKS.flatMap((check) => latest.get(check) ?? []);
}

/** Whether two lists say the same, whenever it was read. */
export function sayTheSame(a: readonly Finding[], b: readonly Finding[]): boolean {
  return JSON.stringify(a.map(said)) === JSON.stringify(b.map(said));
}

/** How one check's answer differs between two times; a check that is missing from `before` had no answer yet. */
export type FindingChange = { readonly before: Finding | null; readonly now: Finding };

/** What is not as it was: the checks that got worse first, each with both answers. */
export function changedFindings(before: readonly Finding[], now: readonly Finding[]): readonly FindingChange[] {
  const changed = worstFirst(now).flatMap((it): readonly FindingChange[] => {
    const earlier = before.find(({ check }) => check === it.check) ?? null;
    return earlier !== null && sayTheSame([earlier], [it]) ? [] : [{ before: earlier, now: it }];
  });
  return [...changed.filter(gotWorse), ...changed.filter((change) => !gotWorse(change))];
}

/** Whether any check is worse than it was; one without an answer before, than had it been good. */
export function anyWorse(before: readonly Finding[], now: readonly Finding[]): boolean {
  return changedFindings(before, now).some(
    (change) => rank(change.now.verdict) > rank(change.before?.verdict ?? 'good'),
  );
}

function gotWorse({ before, now }: FindingChange): boolean {
  return before !== null && rank(now.verdict) > rank(before.verdict);
}

/** What made the checks run: the incident opened, somebody approved, the connector changed, or somebody wants to know. */
export const GATHER_CAUSES = ['opened', 'approved', 'changed', 'requested'] as const;

export type GatherCause = (typeof GATHER_CAUSES)[number];

function said({ check, statements }: Finding) {
  return { check, statements };
}

function rank(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}
