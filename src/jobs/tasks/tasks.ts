import { isTask, type Payload, payloadOf, type TaskName } from '../../storage/job.ts';
import type { JobRow } from '../../storage/schema.ts';
import type { Reschedule, Rest } from '../run-job.ts';
import { applyTimer } from './apply-timer.ts';
import { type AttributionDependencies, attributeChange } from './attribute-change.ts';
import { postCard, updateCard } from './card-jobs.ts';
import { checkPosture, type PostureDependencies } from './check-posture.ts';
import { checkTrail, type TrailDependencies } from './check-trail.ts';
import { type FollowUpDependencies, followUp } from './follow-up.ts';
import { type FindingsDependencies, gatherFindings } from './gather-findings.ts';
import { notifyOfReport, offerReport, type ReportDependencies, uploadReport } from './give-report.ts';
import { notifyChannel, notifyTrail } from './notices.ts';
import { notifyOutages, type OutageDependencies } from './notify-outages.ts';
import { notifyPosture } from './notify-posture.ts';
import { notifySelfCheck, type SelfCheckNoticeDependencies } from './notify-self-check.ts';
import { postReply, type ReplyDependencies } from './post-reply.ts';
import { type DrillProposalDependencies, proposeDrill } from './propose-drill.ts';
import { type FeedDependencies, readActivityFeed } from './read-activity-feed.ts';
import { type ReconcileDependencies, reconcileAndSchedule } from './reconcile.ts';
import { type RemindDependencies, remind } from './remind.ts';
import { renewSubscription, type SubscriptionDependencies } from './renew-subscription.ts';
import { retireCards } from './retire-cards.ts';
import { type SelfCheckDependencies, selfCheck } from './self-check.ts';
import { type DigestDependencies, sendDigest } from './send-digest.ts';
import { type UnblockDependencies, unblockConnector } from './unblock-connector.ts';
import { type AlertDependencies, updateAlert } from './update-alert.ts';
import { verifyUnblock } from './verify-unblock.ts';
import { watchQuorum } from './who-can-act.ts';

export type TaskDependencies = ReplyDependencies &
  ReportDependencies &
  UnblockDependencies &
  SubscriptionDependencies &
  FeedDependencies &
  AlertDependencies &
  AttributionDependencies &
  FindingsDependencies &
  PostureDependencies &
  FollowUpDependencies &
  DigestDependencies &
  DrillProposalDependencies &
  ReconcileDependencies &
  RemindDependencies &
  OutageDependencies &
  TrailDependencies &
  SelfCheckDependencies &
  SelfCheckNoticeDependencies;

type Handlers = { readonly [T in TaskName]: (payload: Payload<T>) => Promise<Reschedule | Rest> };

/** Creates the handler of all jobs, which dispatches by task name. */
export function createTasks(deps: TaskDependencies): (job: JobRow) => Promise<Reschedule | Rest> {
  const handlers = handlersOf(deps);
  const run = <T extends TaskName>(task: T, payload: string) => handlers[task](payloadOf(task, payload));
  return async ({ task, payload }) => {
    if (!isTask(task)) throw new Error(`no task is called ${task}`);
    return run(task, payload);
  };
}

function handlersOf(deps: TaskDependencies): Handlers {
  const { workflow, clock } = deps;
  return {
    reconcile: () => reconcileAndSchedule(deps),
    renew_subscription: () => renewSubscription(deps),
    read_activity_feed: () => readActivityFeed(deps),
    post_card: ({ incidentId }) => postCard(deps, incidentId),
    update_card: ({ incidentId }) => updateCard(deps, incidentId),
    retire_cards: ({ incidentId, seen }) => retireCards(deps, incidentId, seen),
    post_reply: ({ incidentId, reply }) => postReply(deps, incidentId, reply),
    unblock_connector: ({ incidentId, authorizationId }) => unblockConnector(deps, incidentId, authorizationId),
    verify_unblock: ({ incidentId, look: attempt }) => verifyUnblock(deps, incidentId, attempt),
    expire_approval: ({ incidentId, approvalId }) =>
      applyTimer(workflow, incidentId, { kind: 'approval_expired', at: clock(), approvalId }),
    break_glass_due: ({ incidentId, breakGlassId }) =>
      applyTimer(workflow, incidentId, { kind: 'break_glass_due', at: clock(), breakGlassId }),
    remind: ({ incidentId }) => remind(deps, incidentId),
    watch_quorum: ({ incidentId }) => watchQuorum(deps, incidentId),
    notify_outages: () => notifyOutages(deps),
    check_posture: () => checkPosture(deps),
    notify_posture: () => notifyPosture(deps),
    send_digest: () => sendDigest(deps),
    propose_drill: () => proposeDrill(deps),
    follow_up: ({ incidentId, told: notified }) => followUp(deps, incidentId, notified),
    offer_report: (offer) => offerReport(deps, offer),
    upload_report: (upload) => uploadReport(deps, upload),
    notify_report: (payload) => notifyOfReport(deps, payload),
    check_trail: () => checkTrail(deps),
    self_check: () => selfCheck(deps),
    notify_self_check: () => notifySelfCheck(deps),
    notify_trail: ({ notice }) => notifyTrail(deps, notice),
    notify_channel: (payload) => notifyChannel(deps, payload),
    update_alert: ({ incidentId, alertId, anchor }) => updateAlert(deps, incidentId, alertId, anchor),
    gather_evidence: ({ incidentId, approvalId, look: attempt }) =>
      attributeChange(deps, incidentId, approvalId, attempt),
    gather_findings: ({ incidentId, cause }) => gatherFindings(deps, incidentId, cause),
  };
}
