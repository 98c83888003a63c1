import { createAccounts } from '../../microsoft/graph/accounts.ts';
import type { Examine } from '../check.ts';
import { ok } from '../finding.ts';
import { examineOptional } from './permission.ts';

const RISK_PERMISSION = 'IdentityRiskyUser.Read.All';
/** An id that no account has: the request only tests whether there is a response. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** Checks the optional permission for identity risk. Without it, the finding on the account that changed a connector contains no risk. */
export const examineIdentityRisk: Examine = (context) => {
  const { identityRisk } = context.strings;
  return examineOptional(context, { role: RISK_PERMISSION, ...identityRisk }, async () => {
    const { kind } = await createAccounts(context.connections.graph).readRisk(NO_ACCOUNT);
    return kind === 'not_licensed' ? ok(identityRisk.unlicensed) : null;
  });
};
