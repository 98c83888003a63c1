import type { Reading } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Examine, Patient } from '../check.ts';
import { hasFailed, wordsOfFailure } from '../failure-words.ts';
import { type Found, failed, ok, warning } from '../finding.ts';

/** An unblock takes two different people. */
const LEAST_APPROVERS = 2;

export const examineApprovers: Examine = ({ connections, words }) =>
  group(words, 'APPROVER_GROUP_ID', connections.listApprovers(), {
    bad: failed,
    judge: (count) => (count < LEAST_APPROVERS ? failed(words.group.tooFew(count)) : null),
  });

export const examineBreakGlassGroup: Examine = async ({ config, connections, words }) => {
  if (config.breakGlass === null) return ok(words.group.none);
  return optionalGroup(words, 'BREAK_GLASS_GROUP_ID', connections.membersOf(config.breakGlass.groupId));
};

export const examineEscalationGroup: Examine = async ({ config, connections, words }) => {
  if (config.escalationGroupId === null) return ok(words.group.none);
  return optionalGroup(words, 'ESCALATION_GROUP_ID', connections.membersOf(config.escalationGroupId));
};

type Words = Patient['words'];
type People = Promise<Reading<{ readonly name: string }>>;

function optionalGroup(words: Words, variable: string, people: People): Promise<Found> {
  const judge = (count: number) => (count === 0 ? warning(words.group.empty(variable)) : null);
  return group(words, variable, people, { bad: warning, judge });
}

type Verdicts = { readonly bad: typeof failed; readonly judge: (count: number) => Found | null };

async function group(words: Words, variable: string, people: People, { bad, judge }: Verdicts): Promise<Found> {
  try {
    const { items, complete, why } = await people;
    if (!complete) return warning(words.group.incomplete(why ?? ''));
    return judge(items.length) ?? ok(words.group.ok(items.length));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const isAbsent = hasFailed(error, 'not_found');
    return bad(isAbsent ? words.group.absent(variable) : words.group.unreadable(wordsOfFailure(error)));
  }
}
