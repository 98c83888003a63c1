import type { Approval, NewDanger } from './approval.ts';
import type { Finding } from './finding.ts';
import type { Incident } from './incident.ts';
import { acknowledgementOf, toAcknowledge } from './recommendations.ts';

/** Returns the dangers among `findings` that the approver did not acknowledge. One that disappeared and returned must be seen again. */
export function dangersAfter(
  { revision }: Pick<Incident, 'revision'>,
  { attested, dangers = [] }: Approval,
  findings: readonly Finding[],
): readonly NewDanger[] {
  return toAcknowledge(findings)
    .filter((check) => !attested.includes(acknowledgementOf(check)))
    .map((check) => dangers.find((danger) => danger.check === check) ?? { check, fromRevision: revision });
}

/**
 * Returns the findings that turned bad after the approval and are not on a card of revision `shown`; all of them when `shown` is
 * unknown.
 */
export function newDangers(
  { findings = [] }: Pick<Incident, 'findings'>,
  { dangers = [] }: Approval,
  shown?: number,
): readonly Finding[] {
  const unseen = dangers.filter(({ fromRevision }) => shown === undefined || shown < fromRevision);
  return findings.filter((finding) => unseen.some(({ check }) => check === finding.check));
}

/** Returns the first revision whose card shows every new danger; undefined when there is none. */
export function shownFrom({ dangers = [] }: Pick<Approval, 'dangers'>): number | undefined {
  return dangers.length === 0 ? undefined : Math.max(...dangers.map(({ fromRevision }) => fromRevision));
}
