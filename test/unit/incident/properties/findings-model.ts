import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { applied, type Facts, IGNORED, type Judgement } from './facts.ts';

/** Of each check the latest reading is kept; whatever it says decides nothing. */
export function judgeFindings(facts: Facts, { findings }: IncidentEvent<'findings_gathered'>): Judgement {
  const newer = findings.filter(({ check, readAt }) => readAt > (facts.readAt.get(check) ?? Number.NEGATIVE_INFINITY));
  if (newer.length === 0) return IGNORED;
  const read = newer.map(({ check, readAt }) => [check, readAt] as const);
  return applied({ ...facts, readAt: new Map([...facts.readAt, ...read]) });
}
