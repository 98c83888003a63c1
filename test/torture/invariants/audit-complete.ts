import type { AuditRow } from '../../../src/storage/schema.ts';
import { acceptedAction } from '../answers.ts';
import type { Invariant, Press } from '../evidence.ts';

const CLICKS: Readonly<Record<string, string>> = {
  approve: 'approve',
  confirm: 'confirm',
  reject: 'reject',
  withdraw: 'withdraw',
  acknowledge: 'acknowledge',
  keep: 'keep_restricted',
};

/** The audit trail is unbroken, holds every card and every click that was answered as done, and no click that nobody made. */
export const auditComplete: Invariant = ({ presses, database }) => {
  const { audit, verdict } = database;
  const broken = verdict.kind === 'intact' ? [] : [`audit verify: broken at entry ${verdict.seq}: ${verdict.reason}`];
  const missing = presses.filter((press) => {
    const action = acceptedAction(press.sentence);
    return action !== undefined && !audit.some((row) => row.action === action && isOf(row, press));
  });
  const unposted = [...database.cards].filter(
    ([incidentId, activityId]) => !audit.some((row) => row.incident_id === incidentId && isPostOf(row, activityId)),
  );
  const clicked = audit.filter(({ action }) => Object.values(CLICKS).includes(action));
  const invented = clicked.filter(
    (row) => !presses.some((press) => press.genuine && CLICKS[press.verb] === row.action && isOf(row, press)),
  );
  return [
    ...broken,
    ...missing.map(
      ({ verb, by, incidentId }) => `${verb} by ${by} on ${incidentId} was answered as done, but is not on record`,
    ),
    ...unposted.map(
      ([incidentId, activityId]) => `how incident ${incidentId} came by card ${activityId} is not on record`,
    ),
    ...invented.map(
      ({ seq, action, actor_id }) => `audit entry ${seq} (${action} by ${actor_id}): nobody pressed that`,
    ),
  ];
};

function isPostOf({ action, details }: AuditRow, activityId: string): boolean {
  return ['card_posted', 'card_found'].includes(action) && JSON.parse(details).activityId === activityId;
}

function isOf(row: AuditRow, press: Press): boolean {
  const details: { readonly reason?: unknown; readonly event: { readonly approvalId?: unknown } } = JSON.parse(
    row.details,
  );
  const samePerson = row.actor_id?.endsWith(`/${press.by.toLowerCase()}`) === true;
  if (!samePerson || row.incident_id !== press.incidentId) return false;
  if (row.action === 'approve') return details.reason === press.reason;
  return press.approvalId === undefined || details.event.approvalId === press.approvalId;
}
