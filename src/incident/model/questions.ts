import { isSamePerson, type Person } from './approval.ts';
import type { Incident, Remark } from './incident.ts';

/** The limit for one approval. Each question is a message that mentions the approver; further discussion belongs in the thread. */
const MAX_QUESTIONS = 5;
/** The shortest time between two questions of one person. */
const APART_MS = 30_000;

/** Returns the questions to the approver of the last approval, oldest first. */
export function questionsOf({ approval, remarks }: Pick<Incident, 'approval' | 'remarks'>): readonly Remark[] {
  return remarks.filter(({ kind, at }) => kind === 'ask' && approval !== null && at >= approval.approvedAt);
}

/** Whether another question by this person at `at` (ms since the epoch) exceeds the limits. */
export function exceedsQuestionLimit(
  incident: Pick<Incident, 'approval' | 'remarks'>,
  by: Person,
  at: number,
): boolean {
  const questions = questionsOf(incident);
  const own = questions.findLast((question) => isSamePerson(question.by, by));
  return questions.length >= MAX_QUESTIONS || (own !== undefined && at - own.at < APART_MS);
}
