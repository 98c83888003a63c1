import type { Approval, ApprovalEnding } from '../../../src/incident/model/approval.ts';
import type { Evidence, Invariant } from '../evidence.ts';

/** Only one commit lies between the service's last reading of the connector and its call, ms. */
export const COMMIT_MS = 3_000;

type Call = Evidence['tenant']['removeCalls'][number];

const ENDED_WITHOUT_CALL: readonly ApprovalEnding['kind'][] = ['rejected', 'withdrawn', 'expired', 'voided'];

/**
 * Exchange is asked only for a connector that is configured as the approver was shown it, and never on an approval that ended
 * without a confirmation, was void, or was confirmed after its time.
 */
export const approvedConfiguration: Invariant = ({ tenant, database }) =>
  tenant.removeCalls.flatMap((call) => {
    const fitting = database.approvals.filter(({ reason }) => reason !== '' && call.reason.includes(reason));
    const verdicts = fitting.map((approval) => judged(approval, call, tenant.configurations));
    const best = verdicts.find((problems) => problems.length === 0) ?? verdicts.flat();
    return best.map((problem) => `Remove-BlockedConnector ${call.connectorId} (${call.reason}): ${problem}`);
  });

function judged(approval: Approval, call: Call, configurations: Evidence['tenant']['configurations']) {
  const { ending, fingerprint, confirmedAt, expiresAt } = approval;
  const inForce = configurations.filter(({ connectorId, at }, index) => {
    const next = configurations.slice(index + 1).find((later) => later.connectorId === connectorId);
    const until = next?.at ?? Number.POSITIVE_INFINITY;
    return connectorId === call.connectorId.toLowerCase() && at <= call.at && until > call.at - COMMIT_MS;
  });
  const isAsShown = inForce.some(({ addresses }) => fingerprint?.includes(settingOf(addresses)));
  return [
    ...(isAsShown ? [] : ['the connector is configured otherwise than the approver was shown']),
    ...(ending !== null && ENDED_WITHOUT_CALL.includes(ending.kind) ? [`its approval was ${ending.kind}`] : []),
    ...(confirmedAt !== null && confirmedAt >= expiresAt ? ['it was confirmed after its time'] : []),
  ];
}

/** As a fingerprint holds the one setting that people change in a trial. */
function settingOf(addresses: readonly string[]): string {
  return JSON.stringify(['SenderIPAddresses', [...addresses].sort()]);
}
