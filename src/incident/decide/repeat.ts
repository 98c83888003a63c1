import { type Approval, isSamePerson, type Person } from '../model/approval.ts';
import type { BreakGlassAct } from '../model/break-glass.ts';
import { currentAct } from '../model/break-glass-acts.ts';
import type { IncidentEvent } from '../model/events.ts';
import type { Incident } from '../model/incident.ts';
import { questionsOf } from '../model/questions.ts';

/** Whether this person already caused this event, so that a second click or a redelivered one has no further effect. */
export function isRepeat(incident: Incident, event: IncidentEvent): boolean {
  const { approval } = incident;
  switch (event.kind) {
    case 'approve':
      return approval !== null && approval.ending === null && isSamePerson(approval.approver, event.by);
    case 'confirm':
    case 'reject':
    case 'withdraw':
      return approval !== null && approval.id === event.approvalId && endedBy(approval, event);
    case 'acknowledge':
      return incident.remarks.some((remark) => remark.kind === 'acknowledge' && isSamePerson(remark.by, event.by));
    case 'keep_restricted': {
      const last = incident.remarks.findLast((remark) => remark.kind === 'keep_restricted');
      return last !== undefined && isSamePerson(last.by, event.by) && last.reason === event.reason;
    }
    case 'ask': {
      const last = questionsOf(incident).at(-1);
      return last !== undefined && isSamePerson(last.by, event.by) && last.reason === event.question.trim();
    }
    case 'unlink_alert':
      return isUnlinked(incident, event.alertId);
    case 'break_glass': {
      const act = currentAct(incident);
      return act !== null && isSamePerson(act.by, event.by);
    }
    case 'stop_break_glass':
      return incident.breakGlassActs.some((act) => act.id === event.breakGlassId && isStoppedBy(act, event.by));
    case 'review_break_glass':
      return incident.breakGlassActs.some(
        ({ id, review }) => id === event.breakGlassId && review !== null && isSamePerson(review.by, event.by),
      );
    default:
      return false;
  }
}

function isStoppedBy({ ending }: BreakGlassAct, by: Person): boolean {
  return ending?.kind === 'stopped' && isSamePerson(ending.by, by);
}

const ENDED_AS = { confirm: 'confirmed', reject: 'rejected', withdraw: 'withdrawn' } as const;

function endedBy(approval: Approval, event: IncidentEvent<'confirm' | 'reject' | 'withdraw'>): boolean {
  const { ending } = approval;
  return ending !== null && ending.kind === ENDED_AS[event.kind] && 'by' in ending && isSamePerson(ending.by, event.by);
}

function isUnlinked({ alerts, unlinkedAlerts = [] }: Incident, alertId: string): boolean {
  return unlinkedAlerts.some(({ id }) => id === alertId) && !alerts.some(({ id }) => id === alertId);
}
