import { isSamePerson, type Person } from './approval.ts';
import type { Incident, Remark } from './incident.ts';

/** Each is a message that mentions somebody; whoever has more to ask talks to them in the thread. */
const MAX_QUESTIONS = 5;
/** Between two questions of one person. */
const APART_MS = 30_000;

/** The questions that were put to the approver of the last approval, oldest first. */
export function questionsOf({ approval, remarks }: Pick<Incident, 'approval' | 'remarks'>): readonly Remark[] {
  return remarks.filter(({ kind, at }) => kind === 'ask' && approval !== null && at >= approval.approvedAt);
}

/** Whether one more question of this person at `at` (ms) would be too many for the approver who is mentioned in each. */
export function asksTooMuch(incident: Pick<Incident, 'approval' | 'remarks'>, by: Person, at: number): boolean {
  const questions = questionsOf(incident);
  const own = questions.findLast((question) => isSamePerson(question.by, by));
  return questions.length >= MAX_QUESTIONS || (own !== undefined && at - own.at < APART_MS);
}
