import type { Invariant } from '../evidence.ts';

/** Exchange is called at most once for each confirmation. */
export const oneCall: Invariant = ({ tenant, presses, database }) => {
  const reasons = new Set(tenant.removeCalls.map(({ reason }) => reason));
  return [...reasons].flatMap((reason) => {
    const calls = tenant.removeCalls.filter((call) => call.reason === reason).length;
    const confirmed = database.approvals.filter(
      (approval) =>
        approval.reason !== '' &&
        reason.includes(approval.reason) &&
        presses.some(({ genuine, verb, approvalId }) => genuine && verb === 'confirm' && approvalId === approval.id),
    ).length;
    return calls <= confirmed
      ? []
      : [`${calls} calls of Remove-BlockedConnector for ${confirmed} confirmations: ${reason}`];
  });
};
