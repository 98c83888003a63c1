import { type Finding, type Verdict, worstFirst } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Line, Section } from './card-lines.ts';
import { statementOnCard } from './finding-text.ts';

/** Beside its word, because a sign alone says nothing to some readers. */
export const MARKS: { readonly [verdict in Verdict]: string } = { bad: '✖', concern: '▲', unknown: '?', good: '✔' };

/** What the checks found, the worst first: a mark and its word, what was checked, and each sentence. */
export function findingsSection({ findings = [] }: Pick<Incident, 'findings'>, locale: Locale): Section {
  const lines = worstFirst(findings).flatMap((finding) => findingLines(finding, locale));
  return { title: '', lines: lines.length === 0 ? [] : [plain(`${strings(locale).findings.title}:`), ...lines] };
}

function findingLines({ check, statements }: Finding, locale: Locale): readonly Line[] {
  const { checks, verdicts } = strings(locale).findings;
  return statements.map((statement) => {
    const { verdict } = statement;
    return plain(`${MARKS[verdict]} ${verdicts[verdict]} · ${checks[check]}: ${statementOnCard(statement, locale)}`);
  });
}

/** Its text is our own, with what comes from outside made literal already; times in it are drawn. */
function plain(value: string): Line {
  return { kind: 'text', label: '', value, when: '' };
}
