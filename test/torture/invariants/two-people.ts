import type { Evidence, Invariant, Press } from '../evidence.ts';

/** Only one commit lies between the service's last membership check and its call, ms. */
const COMMIT_MS = 3_000;

type Call = Evidence['tenant']['removeCalls'][number];

/** Exchange is asked only after two different people, eligible then, approved and confirmed the same approval of that incident. */
export const twoPeople: Invariant = (evidence) =>
  evidence.tenant.removeCalls.flatMap((call) =>
    problemsOf(call, evidence).map(
      (problem) => `Remove-BlockedConnector ${call.connectorId} (${call.reason}): ${problem}`,
    ),
  );

function problemsOf(call: Call, evidence: Evidence): readonly string[] {
  const { incidents, approvals } = evidence.database;
  const fitting = approvals.filter(({ reason, incidentId }) => {
    const incident = incidents.find(({ id }) => id === incidentId);
    return reason !== '' && call.reason.includes(reason) && incident?.connector?.id === call.connectorId.toLowerCase();
  });
  if (fitting.length === 0) return ['no approval of an incident of this connector has this reason'];
  const verdicts = fitting.map((approval) => judged(approval, call, evidence));
  return verdicts.find((problems) => problems.length === 0) ?? verdicts.flat();
}

function judged(
  { id, incidentId, reason, approver, confirmer }: Evidence['database']['approvals'][number],
  call: Call,
  evidence: Evidence,
): readonly string[] {
  const before = evidence.presses.filter(({ genuine, at }) => genuine && at <= call.at);
  const pressed = (verb: string, by: string, fits: (press: Press) => boolean) =>
    before.find((press) => press.verb === verb && press.by === by && press.incidentId === incidentId && fits(press));
  const approved = pressed('approve', approver.objectId, (press) => press.reason === reason);
  if (approved === undefined) return [`${approver.objectId} did not press approve with this reason`];
  if (confirmer === null || confirmer.objectId === approver.objectId) return ['no other person confirmed'];
  const confirmed = pressed('confirm', confirmer.objectId, (press) => press.approvalId === id);
  if (confirmed === undefined) return [`${confirmer.objectId} did not press confirm on this approval`];
  return [
    ...checked('approver', approved.by, 1, confirmed, call, evidence),
    ...checked('confirmer', confirmed.by, 2, confirmed, call, evidence),
  ];
}

/** The confirmer's membership is checked at the click and again before the call, the approver's at least before the call. */
function checked(
  who: string,
  id: string,
  times: number,
  confirmed: Press,
  call: Call,
  { tenant }: Evidence,
): readonly string[] {
  const checks = tenant.checks.filter(({ of, from }) => of === id && from >= confirmed.at && from <= call.at);
  if (checks.length < times)
    return [`the ${who} was checked ${checks.length} times after the confirmation, not ${times}`];
  const last = checks.at(-1)?.from ?? call.at;
  const eligible = wasEligible(tenant.eligibility, id, Math.min(last, call.at - COMMIT_MS), call.at);
  return eligible ? [] : [`the ${who} was not eligible`];
}

/** Whether a person was eligible at any moment of a span. */
function wasEligible(eligibility: Evidence['tenant']['eligibility'], id: string, from: number, to: number): boolean {
  return eligibility.some(({ at, ids }, index) => {
    const until = eligibility[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return ids.has(id) && at <= to && until > from;
  });
}
