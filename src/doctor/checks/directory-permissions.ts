import type { CheckContext, Examine } from '../check.ts';
import { hasFailed } from '../failure-message.ts';
import { ok } from '../finding.ts';
import { examinePermission } from './permission.ts';

/** Who may act is asked of Graph by group (Microsoft Graph: List group transitive members). */
export const examineGroupsPermission = examinePermission(
  'graph',
  'GroupMember.Read.All',
  async ({ config: { approverGroupId }, connections }) =>
    approverGroupId === null ? 'untried' : worksUnlessMissing(connections.membersOf(approverGroupId)),
);

/** And by person (Microsoft Graph: Get user, user: checkMemberGroups). */
export const examineUsersPermission = examinePermission('graph', 'User.Read.All', async ({ connections }) => {
  const [someone] = (await connections.listApprovers().catch(() => null))?.items ?? [];
  if (someone === undefined) return 'untried';
  await connections.directory.checkEligible(someone.objectId);
  return 'works';
});

const examineOrganization = examinePermission('graph', 'Organization.Read.All', async ({ connections }) => {
  await connections.readOrganization();
  return 'works';
});

/** Mode `powershell` connects by the name of the organization. */
export const examineOrganizationPermission: Examine = async (context: CheckContext) => {
  if (context.config.unblockMode !== 'powershell') return ok(context.strings.permission.notNeeded);
  return examineOrganization(context);
};

/** A group that does not exist is another matter. */
async function worksUnlessMissing(asked: Promise<unknown>): Promise<'works' | 'untried'> {
  try {
    await asked;
    return 'works';
  } catch (error) {
    if (hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return 'untried';
  }
}
