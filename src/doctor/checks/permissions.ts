import type { CheckContext, Examine } from '../check.ts';
import { hasFailed } from '../failure-message.ts';
import { ok } from '../finding.ts';
import { examinePermission } from './permission.ts';

/** Checks whether the members of a group can be read (Microsoft Graph: List group transitive members). */
export const examineGroupsPermission = examinePermission(
  'graph',
  'GroupMember.Read.All',
  async ({ config: { approverGroupId }, connections }) =>
    approverGroupId === null ? 'untried' : worksUnlessMissing(connections.membersOf(approverGroupId)),
);

/** Checks whether users can be read (Microsoft Graph: Get user, user: checkMemberGroups). */
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

/** Checks whether the organization can be read. Mode `powershell` connects by its name. */
export const examineOrganizationPermission: Examine = async (context: CheckContext) => {
  if (context.config.unblockMode !== 'powershell') return ok(context.strings.permission.notNeeded);
  return examineOrganization(context);
};

/** Rethrows a refusal. Any other error, such as a missing group, proves nothing about the permission. */
async function worksUnlessMissing(request: Promise<unknown>): Promise<'works' | 'untried'> {
  try {
    await request;
    return 'works';
  } catch (error) {
    if (hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return 'untried';
  }
}

/** Exchange returns 401 to an app without the permission, and 403 to one that only lacks a role. */
export const examineExchangePermission = examinePermission(
  'exchange',
  'Exchange.ManageAsApp',
  async ({ connections }) => {
    try {
      await connections.listBlocked();
      return 'works';
    } catch (error) {
      if (hasFailed(error, 'unauthorized')) throw error;
      return hasFailed(error, 'forbidden') ? 'works' : 'untried';
    }
  },
);
