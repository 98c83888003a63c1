import type { Effect } from '../incident/model/effects.ts';
import {
  alertJob,
  attributionJob,
  breakGlassJob,
  cardJob,
  expireJob,
  gatherJob,
  type JobRequest,
  replyJob,
  singleJob,
  unblockJob,
  verifyJob,
} from '../storage/job.ts';

/** The delay of the first reading after an unexpected event, and of the first read-back after an unblock. */
const SOON_MS = 2_000;

type Circumstances = {
  readonly incidentId: string;
  /** A unique id, for a job that never merges with another. */
  readonly id: string;
  readonly now: number;
  /** The head of the audit trail after the decision's entry. */
  readonly anchor: string;
};

/** Returns the job that carries out an effect. */
export function jobOf(effect: Effect, { incidentId, id, now, anchor }: Circumstances): JobRequest {
  switch (effect.kind) {
    case 'post_card':
    case 'update_card':
      return cardJob(effect.kind, incidentId, now);
    case 'post_reply':
      return replyJob(incidentId, effect.reply, id, now);
    case 'unblock_connector':
      return unblockJob(incidentId, effect.authorizationId, now);
    case 'verify_unblock':
      return verifyJob(incidentId, 0, Math.min(now + SOON_MS, effect.verifyBy));
    case 'expire_approval':
      return expireJob(incidentId, effect.approvalId, effect.at);
    case 'break_glass_due':
      return breakGlassJob(incidentId, effect.breakGlassId, effect.at);
    case 'update_alert':
      return alertJob(incidentId, effect.alertId, anchor, now);
    case 'attribute_change':
      return attributionJob(incidentId, effect.approvalId, 0, now);
    case 'gather_findings':
      return gatherJob(incidentId, effect.cause, now);
    case 'reconcile':
      return singleJob('reconcile', now + SOON_MS);
  }
}
