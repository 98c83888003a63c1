import type { Reading } from '../../incident/model/observation.ts';
import { createRoleAssignments } from '../../microsoft/graph/role-assignments.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok, warning } from '../finding.ts';
import type { Strings } from '../locales/strings.ts';

/** An unblock takes two different people. */
const MIN_APPROVERS = 2;

export const examineApprovers: Examine = ({ connections, strings }) =>
  group(strings, 'APPROVER_GROUP_ID', connections.listApprovers(), {
    bad: failed,
    judge: (count) => (count < MIN_APPROVERS ? failed(strings.group.tooFew(count)) : null),
  });

export const examineBreakGlassGroup: Examine = async ({ config, connections, strings }) => {
  if (config.breakGlass === null) return ok(strings.group.none);
  return optionalGroup(strings, 'BREAK_GLASS_GROUP_ID', connections.membersOf(config.breakGlass.groupId));
};

export const examineEscalationGroup: Examine = async ({ config, connections, strings }) => {
  if (config.escalationGroupId === null) return ok(strings.group.none);
  return optionalGroup(strings, 'ESCALATION_GROUP_ID', connections.membersOf(config.escalationGroupId));
};

type People = Promise<Reading<{ readonly name: string }>>;

function optionalGroup(strings: Strings, variable: string, people: People): Promise<Found> {
  const judge = (count: number) => (count === 0 ? warning(strings.group.empty(variable)) : null);
  return group(strings, variable, people, { bad: warning, judge });
}

type Verdicts = { readonly bad: typeof failed; readonly judge: (count: number) => Found | null };

async function group(strings: Strings, variable: string, people: People, { bad, judge }: Verdicts): Promise<Found> {
  try {
    const { items, complete, reason } = await people;
    if (!complete) return warning(strings.group.incomplete(reason ?? ''));
    return judge(items.length) ?? ok(strings.group.ok(items.length));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const isAbsent = hasFailed(error, 'not_found');
    return bad(isAbsent ? strings.group.absent(variable) : strings.group.unreadable(failureMessage(error)));
  }
}

/**
 * Checks whether the holders of the approver roles can be read. The list of active roles requires Entra ID P2; without it,
 * permanent assignments are read, which takes another permission.
 */
export const examineApproverRoles: Examine = async ({ config, connections, clock, strings }) => {
  const { approverRoleIds: roleIds } = config;
  if (roleIds.length === 0) return ok(strings.group.none);
  const roles = createRoleAssignments(connections.graph, { roleIds, clock, shapes: connections.shapes });
  try {
    const { source } = await roles.listHolders();
    return source === 'schedules' ? ok(strings.approverRoles.ok) : warning(strings.approverRoles.permanentOnly);
  } catch (error) {
    if (hasFailed(error, 'forbidden'))
      return failed(strings.approverRoles.forbidden(failureMessage(error), config.credential.kind));
    throw error;
  }
};

const MAX_NAMES = 5;

/** Checks whether the approvers are members of the team that the cards are posted in. */
export const examineApproversInChannel: Examine = async ({ connections, strings }) => {
  const [{ items: approvers }, roster] = await Promise.all([connections.listApprovers(), connections.roster()]);
  const there = new Set(roster.map(({ objectId }) => objectId?.toLowerCase()));
  const absent = approvers.filter(({ objectId }) => !there.has(objectId.toLowerCase()));
  if (absent.length === 0) return ok(strings.approversInChannel.ok);
  const names = absent.slice(0, MAX_NAMES).map(({ name }) => name);
  const list = [...names, ...(absent.length > MAX_NAMES ? ['…'] : [])].join(', ');
  const present = approvers.length - absent.length;
  if (present < MIN_APPROVERS) return failed(strings.approversInChannel.tooFew(present, list));
  return warning(strings.approversInChannel.missing(absent.length, list));
};
