import type { StatementKind, StatementValues } from './statements/statement-values.ts';

/** The checks of a connector, in the order of Microsoft's procedure: identify, review, accounts. */
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

/** From best to worst. `unknown` is never better than `good`: the check could not be made, and its statement gives the reason. */
export const VERDICTS = ['good', 'unknown', 'concern', 'bad'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One result of a check. A locale renders the sentence from kind and values; the sentence is never stored. */
export type Statement<K extends StatementKind = StatementKind> = {
  [kind in K]: { readonly kind: kind; readonly verdict: Verdict; readonly values: StatementValues[kind] };
}[K];

/** At least one statement: a check that found nothing states that. */
export type Statements = readonly [Statement, ...Statement[]];

/** The result of one check of one connector. */
export type Finding = {
  readonly check: Check;
  /** The verdict of the worst statement. */
  readonly verdict: Verdict;
  /** Worst first. */
  readonly statements: Statements;
  /** When the check's reading began, ms since the epoch. */
  readonly readAt: number;
};

export function finding(check: Check, statements: Statements, readAt: number): Finding {
  const [worst, ...rest] = [...statements].sort((a, b) => rank(b.verdict) - rank(a.verdict));
  const sorted: Statements = worst === undefined ? statements : [worst, ...rest];
  return { check, verdict: sorted[0].verdict, statements: sorted, readAt };
}

/** Sorts findings by verdict, worst first, and then in the order of the procedure. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => rank(b.verdict) - rank(a.verdict) || CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check),
  );
}

/** Returns the latest finding of each check; of two with the same time, the one that arrived later. */
export function latestOf(known: readonly Finding[], arrived: readonly Finding[]): readonly Finding[] {
  const latest = new Map<Check, Finding>();
  for (const it of [...known, ...arrived]) {
    const before = latest.get(it.check);
    if (before === undefined || it.readAt >= before.readAt) latest.set(it.check, it);
  }
  return CHECKS.flatMap((check) => latest.get(check) ?? []);
}

/** Whether two lists have the same statements, whenever they were read. */
export function haveSameStatements(a: readonly Finding[], b: readonly Finding[]): boolean {
  return JSON.stringify(a.map(statementsOf)) === JSON.stringify(b.map(statementsOf));
}

/** The difference between two findings of one check. `before` is null for a check without an earlier finding. */
export type FindingChange = { readonly before: Finding | null; readonly now: Finding };

/** Returns the findings that differ, those that got worse first. */
export function changedFindings(before: readonly Finding[], now: readonly Finding[]): readonly FindingChange[] {
  const changed = worstFirst(now).flatMap((it): readonly FindingChange[] => {
    const earlier = before.find(({ check }) => check === it.check) ?? null;
    return earlier !== null && haveSameStatements([earlier], [it]) ? [] : [{ before: earlier, now: it }];
  });
  return [...changed.filter(isWorse), ...changed.filter((change) => !isWorse(change))];
}

/** Whether any check is worse than before. A check without an earlier finding is compared with `good`. */
export function anyWorse(before: readonly Finding[], now: readonly Finding[]): boolean {
  return changedFindings(before, now).some(
    (change) => rank(change.now.verdict) > rank(change.before?.verdict ?? 'good'),
  );
}

function isWorse({ before, now }: FindingChange): boolean {
  return before !== null && rank(now.verdict) > rank(before.verdict);
}

/** Why the checks run: the incident opened, an approval was given, the connector changed, or a person requested it. */
export const GATHER_CAUSES = ['opened', 'approved', 'changed', 'requested'] as const;

export type GatherCause = (typeof GATHER_CAUSES)[number];

function statementsOf({ check, statements }: Finding) {
  return { check, statements };
}

function rank(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}
