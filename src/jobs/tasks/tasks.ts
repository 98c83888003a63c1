import { payloads, type TaskName } from '../../storage/job.ts';
import type { JobRow } from '../../storage/schema.ts';
import type { Reschedule } from '../run-job.ts';
import { applyTimer } from './apply-timer.ts';
import { type AttributionDependencies, attributeChange } from './attribute-change.ts';
import { postCard, updateCard } from './card-jobs.ts';
import { checkPosture, type PostureDependencies } from './check-posture.ts';
import { checkTrail, type TrailDependencies } from './check-trail.ts';
import { type FollowUpDependencies, followUp } from './follow-up.ts';
import { type FindingsDependencies, gatherFindings } from './gather-findings.ts';
import { notifyOfReport, offerReport, type ReportDependencies, uploadReport } from './give-report.ts';
import { notifyChannel } from './notify-channel.ts';
import { notifyOutages, type OutageDependencies } from './notify-outages.ts';
import { notifyPosture } from './notify-posture.ts';
import { notifySelfCheck, type SelfCheckNoticeDependencies } from './notify-self-check.ts';
import { notifyTrail } from './notify-trail.ts';
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

type Handler = (payload: unknown) => Promise<Reschedule>;

/** Creates the handler of all jobs, which dispatches by task name. */
export function createTasks(deps: TaskDependencies): (job: JobRow) => Promise<Reschedule> {
  const { workflow, clock } = deps;
  const handlers: { readonly [task in TaskName]: Handler } = {
    reconcile: () => reconcileAndSchedule(deps),
    renew_subscription: () => renewSubscription(deps),
    read_activity_feed: () => readActivityFeed(deps),
    post_card: (it) => postCard(deps, payloads.post_card.parse(it).incidentId),
    update_card: (it) => updateCard(deps, payloads.update_card.parse(it).incidentId),
    async retire_cards(it) {
      const { incidentId, seen } = payloads.retire_cards.parse(it);
      return retireCards(deps, incidentId, seen);
    },
    async post_reply(it) {
      const { incidentId, reply } = payloads.post_reply.parse(it);
      return postReply(deps, incidentId, reply);
    },
    async unblock_connector(it) {
      const { incidentId, authorizationId } = payloads.unblock_connector.parse(it);
      return unblockConnector(deps, incidentId, authorizationId);
    },
    async verify_unblock(it) {
      const { incidentId, look: attempt } = payloads.verify_unblock.parse(it);
      await verifyUnblock(deps, incidentId, attempt);
      return undefined;
    },
    async expire_approval(it) {
      const { incidentId, approvalId } = payloads.expire_approval.parse(it);
      return applyTimer(workflow, incidentId, { kind: 'approval_expired', at: clock(), approvalId });
    },
    async break_glass_due(it) {
      const { incidentId, breakGlassId } = payloads.break_glass_due.parse(it);
      return applyTimer(workflow, incidentId, { kind: 'break_glass_due', at: clock(), breakGlassId });
    },
    remind: (it) => remind(deps, payloads.remind.parse(it).incidentId),
    watch_quorum: (it) => watchQuorum(deps, payloads.watch_quorum.parse(it).incidentId),
    notify_outages: () => notifyOutages(deps),
    ...peaceTimeHandlers(deps),
    ...reportHandlers(deps),
    check_trail: () => checkTrail(deps),
    self_check: () => selfCheck(deps),
    notify_self_check: () => notifySelfCheck(deps),
    notify_trail: (it) => notifyTrail(deps, payloads.notify_trail.parse(it).notice),
    notify_channel: (it) => notifyChannel(deps, payloads.notify_channel.parse(it)),
    async update_alert(it) {
      const { incidentId, alertId, anchor } = payloads.update_alert.parse(it);
      await updateAlert(deps, incidentId, alertId, anchor);
      return undefined;
    },
    async gather_evidence(it) {
      const { incidentId, approvalId, look: attempt } = payloads.gather_evidence.parse(it);
      await attributeChange(deps, incidentId, approvalId, attempt);
      return undefined;
    },
    async gather_findings(it) {
      const { incidentId, cause } = payloads.gather_findings.parse(it);
      await gatherFindings(deps, incidentId, cause);
      return undefined;
    },
  };
  return (job) => handlers[taskName(job.task)](JSON.parse(job.payload));
}

/** The handlers of tasks that also run while nothing is restricted. */
function peaceTimeHandlers(deps: TaskDependencies) {
  return {
    check_posture: () => checkPosture(deps),
    notify_posture: () => notifyPosture(deps),
    send_digest: () => sendDigest(deps),
    propose_drill: () => proposeDrill(deps),
    async follow_up(it: unknown) {
      const { incidentId, told: notified } = payloads.follow_up.parse(it);
      return followUp(deps, incidentId, notified);
    },
  };
}

/** The handlers of tasks that deliver a report to the person who requested it. */
function reportHandlers(deps: ReportDependencies) {
  return {
    offer_report: (it: unknown) => offerReport(deps, payloads.offer_report.parse(it)),
    upload_report: (it: unknown) => uploadReport(deps, payloads.upload_report.parse(it)),
    notify_report: (it: unknown) => notifyOfReport(deps, payloads.notify_report.parse(it)),
  };
}

function taskName(name: string): TaskName {
  if (!isTask(name)) throw new Error(`no task is called ${name}`);
  return name;
}

function isTask(name: string): name is TaskName {
  return Object.hasOwn(payloads, name);
}
