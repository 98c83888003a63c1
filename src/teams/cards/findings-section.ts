import { type Check, type Finding, type Verdict, worstFirst } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { foundLine, type Line, plainLine, type Section } from './card-lines.ts';
import { statementOnCard } from './finding-text.ts';

/** Returns what the checks found, the worst first: an icon and its word, the name of the check, and each sentence. */
export function findingsSection({ findings = [] }: Pick<Incident, 'findings'>, locale: Locale): Section {
  const lines = findingLines(findings, locale);
  return { title: '', lines: lines.length === 0 ? [] : [plainLine(strings(locale).findings.title), ...lines] };
}

/** Returns what the named checks found; all of them when none are named. */
export function findingLines(
  findings: readonly Finding[],
  locale: Locale,
  checks: readonly Check[] | null = null,
): readonly Line[] {
  const selected = findings.filter(({ check }) => checks === null || checks.includes(check));
  return worstFirst(selected).flatMap(({ check, statements }) =>
    statements.map((statement) =>
      foundLine(statement.verdict, labelled(check, statement.verdict, statementOnCard(statement, locale), locale)),
    ),
  );
}

function labelled(check: Check, verdict: Verdict, sentence: string, locale: Locale): string {
  const { checks, verdicts } = strings(locale).findings;
  return `${verdicts[verdict]} · ${checks[check]}: ${sentence}`;
}
