import { createAccounts } from '../../microsoft/graph/accounts.ts';
import type { Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { ok, warning } from '../finding.ts';

const RISK_PERMISSION = 'IdentityRiskyUser.Read.All';
/** An id that no account has: the request only tests whether there is a response. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** Checks the optional permission for identity risk. Without it, the finding on the account that changed a connector contains no risk. */
export const examineIdentityRisk: Examine = async ({ connections, strings }) => {
  const { identityRisk, permission } = strings;
  if ((await connections.rolesFor('graph'))?.has(RISK_PERMISSION) !== true) {
    return ok(identityRisk.notGranted(RISK_PERMISSION));
  }
  try {
    const { kind } = await createAccounts(connections.graph).readRisk(NO_ACCOUNT);
    return ok(kind === 'not_licensed' ? identityRisk.unlicensed : permission.ok(RISK_PERMISSION));
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return warning(identityRisk.refused(RISK_PERMISSION, failureMessage(error)));
  }
};
