import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import type { Check } from '../../../../src/incident/model/finding.ts';
import { type ApprovalFacts, applied, type Facts, IGNORED, type Judgement, stateOf } from './facts.ts';

type Readings = Facts['readings'];

/**
 * The latest reading of each check is kept. It decides nothing, but a confirmation requires that findings that turned bad since
 * the approval were seen.
 */
export function judgeFindings(facts: Facts, { findings }: IncidentEvent<'findings_gathered'>): Judgement {
  const readings = new Map(facts.readings);
  for (const { check, readAt, verdict } of findings) {
    const isBad = verdict === 'bad';
    const known = facts.readings.get(check);
    const isNews = known === undefined || readAt > known.readAt || (readAt === known.readAt && isBad !== known.isBad);
    if (isNews) readings.set(check, { readAt, isBad });
  }
  if (findings.every(({ check }) => readings.get(check) === facts.readings.get(check))) return IGNORED;
  const waits = facts.approval !== null && stateOf(facts) === 'awaiting_confirmation';
  const approval = waits ? withDangers(facts.approval, facts, readings) : facts.approval;
  return applied({ ...facts, readings, approval });
}

export function badOnes(readings: Readings): readonly Check[] {
  return [...readings].filter(([, { isBad }]) => isBad).map(([check]) => check);
}

function withDangers(approval: ApprovalFacts, { readings: before, revision }: Facts, after: Readings): ApprovalFacts {
  const dangers = new Map(approval.dangers);
  for (const [check, { isBad }] of after) {
    if (!isBad) dangers.delete(check);
    else if (before.get(check)?.isBad !== true && !approval.acknowledged.includes(check)) dangers.set(check, revision);
  }
  return { ...approval, dangers };
}
