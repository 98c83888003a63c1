import { z } from 'zod';
import type { ChannelMove, ChannelNotice } from '../incident/model/channel-move.ts';
import type { Reply } from '../incident/model/effects.ts';
import { GATHER_CAUSES, type GatherCause } from '../incident/model/finding.ts';
import type { TrailNotice } from '../incident/model/trail.ts';
import { documentOf, personDocument } from './document.ts';
import { approvalDocument, breakGlassDocument } from './incident-document.ts';
import { reportPayloads } from './report-payloads.ts';
import { trailBreakDocument } from './trail.ts';

const reply = documentOf<Reply>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('approval_waiting'), approval: approvalDocument }),
    z.object({ kind: z.literal('approval_ended'), approval: approvalDocument }),
    z.object({ kind: z.literal('question'), approval: approvalDocument, by: personDocument, question: z.string() }),
    z.object({ kind: z.literal('unblocked'), by: z.enum(['two_admins', 'earlier_call', 'elsewhere']) }),
    z.object({ kind: z.literal('break_glass_started'), act: breakGlassDocument }),
    z.object({ kind: z.literal('break_glass_ended'), act: breakGlassDocument }),
    z.object({ kind: z.literal('break_glass_unblocked'), act: breakGlassDocument }),
    z.object({ kind: z.literal('connector_removed') }),
    z.object({ kind: z.literal('spam_after_unblock'), messages: z.number(), judged: z.number() }),
    z.object({
      kind: z.literal('unblock_failed'),
      words: z.string().nullable(),
      busy: z.literal(true).optional(),
    }),
  ]),
);

const trailNotice = documentOf<TrailNotice>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('broken'), found: trailBreakDocument }),
    z.object({ kind: z.literal('accepted'), by: z.string(), because: z.string(), at: z.number() }),
    z.object({ kind: z.literal('guards_restored'), guards: z.array(z.string()) }),
    z.object({ kind: z.literal('database_lost'), loss: z.enum(['file_replaced', 'taken_over']) }),
  ]),
);

const channelMove = documentOf<ChannelMove>()(
  z.object({
    ...{ id: z.string(), code: z.string(), from: z.string(), to: z.string() },
    ...{ teamId: z.string().nullable(), tenantId: z.string(), by: personDocument, expiresAt: z.number() },
  }),
);

const channelNotice = documentOf<ChannelNotice>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('proposed'), move: channelMove }),
    z.object({ kind: z.literal('moved'), move: channelMove, by: personDocument }),
    z.object({ kind: z.literal('kept'), move: channelMove, by: personDocument }),
  ]),
);

const incidentId = z.string();

/** The payload of each task. A job stored by this version must remain readable by the next. */
export const payloads = {
  reconcile: z.object({}),
  renew_subscription: z.object({}),
  read_activity_feed: z.object({}),
  post_card: z.object({ incidentId }),
  update_card: z.object({ incidentId }),
  retire_cards: z.object({ incidentId, seen: z.string().nullable() }),
  post_reply: z.object({ incidentId, reply }),
  unblock_connector: z.object({ incidentId, authorizationId: z.string() }),
  verify_unblock: z.object({ incidentId, look: z.number() }),
  expire_approval: z.object({ incidentId, approvalId: z.string() }),
  remind: z.object({ incidentId }),
  break_glass_due: z.object({ incidentId, breakGlassId: z.string() }),
  update_alert: z.object({ incidentId, alertId: z.string(), anchor: z.string().optional() }),
  gather_evidence: z.object({ incidentId, approvalId: z.string(), look: z.number() }),
  gather_findings: z.object({ incidentId, cause: z.enum(GATHER_CAUSES) }),
  watch_quorum: z.object({ incidentId }),
  notify_outages: z.object({}),
  check_posture: z.object({}),
  follow_up: z.object({ incidentId, told: z.boolean() }),
  notify_posture: z.object({}),
  send_digest: z.object({}),
  propose_drill: z.object({}),
  check_trail: z.object({}),
  self_check: z.object({}),
  notify_self_check: z.object({}),
  notify_trail: z.object({ notice: trailNotice }),
  notify_channel: z.object({ channelId: z.string(), notice: channelNotice }),
  ...reportPayloads,
};

export type TaskName = keyof typeof payloads;
type Payloads = { readonly [T in TaskName]: z.infer<(typeof payloads)[T]> };
export type Payload<T extends TaskName> = Payloads[T];

const schemas: { readonly [T in TaskName]: z.ZodType<Payloads[T]> } = payloads;

/** Parses a stored payload. Throws for one that no version of the service wrote. */
export function payloadOf<T extends TaskName>(task: T, stored: string): Payloads[T] {
  return schemas[task].parse(JSON.parse(stored));
}

export function isTask(name: string): name is TaskName {
  return Object.hasOwn(payloads, name);
}

/**
 * A request for work outside the requesting transaction. At most one job of a key waits, so a repeated request has no further
 * effect. At most one job of a lane runs, so an older card never overwrites a newer one.
 */
export type JobRequest = {
  [T in TaskName]: {
    readonly task: T;
    readonly payload: Payload<T>;
    readonly key: string;
    readonly lane: string;
    /** The earliest time to run, ms since the epoch. */
    readonly runAt: number;
  };
}[TaskName];

/** The tasks without a payload: their job reads what is due when it runs. */
type SingleTask = { [T in TaskName]: Record<never, never> extends Payloads[T] ? T : never }[TaskName];

export function singleJob(task: SingleTask, runAt: number): JobRequest {
  return { task, payload: {}, key: task, lane: task, runAt };
}

/** `notified`: the channel was already notified of spam since the unblock. */
export function followUpJob(id: string, notified: boolean, runAt: number): JobRequest {
  const key = `follow_up:${id}`;
  return { task: 'follow_up', payload: { incidentId: id, told: notified }, key, lane: key, runAt };
}

/** `key` identifies the notice. */
export function notifyTrailJob(notice: TrailNotice, key: string, runAt: number): JobRequest {
  return { task: 'notify_trail', payload: { notice }, key: `notify_trail:${key}`, lane: 'notify_trail', runAt };
}

/** `key` identifies the notice. */
export function notifyChannelJob(channelId: string, notice: ChannelNotice, key: string, runAt: number): JobRequest {
  const payload = { channelId, notice };
  return { task: 'notify_channel', payload, key: `notify_channel:${key}`, lane: `notify_channel:${channelId}`, runAt };
}

export function cardJob(task: 'post_card' | 'update_card', id: string, runAt: number): JobRequest {
  return { task, payload: { incidentId: id }, key: `${task}:${id}`, lane: `card:${id}`, runAt };
}

export function replyJob(id: string, it: Reply, key: string, runAt: number): JobRequest {
  return {
    task: 'post_reply',
    payload: { incidentId: id, reply: it },
    key: `post_reply:${key}`,
    lane: `card:${id}`,
    runAt,
  };
}

/** Searches for older cards of the incident that still have buttons. `seen` is the message id of one, if known. */
export function retireJob(id: string, seen: string | null, runAt: number): JobRequest {
  const payload = { incidentId: id, seen };
  return { task: 'retire_cards', payload, key: `retire:${id}:${seen ?? ''}`, lane: `card:${id}`, runAt };
}

export function unblockJob(id: string, authorizationId: string, runAt: number): JobRequest {
  const payload = { incidentId: id, authorizationId };
  return { task: 'unblock_connector', payload, key: `unblock:${authorizationId}`, lane: `unblock:${id}`, runAt };
}

export function verifyJob(id: string, attempt: number, runAt: number): JobRequest {
  return {
    task: 'verify_unblock',
    payload: { incidentId: id, look: attempt },
    key: `verify:${id}`,
    lane: `verify:${id}`,
    runAt,
  };
}

export function expireJob(id: string, approvalId: string, runAt: number): JobRequest {
  const payload = { incidentId: id, approvalId };
  return { task: 'expire_approval', payload, key: `expire:${approvalId}`, lane: `expire:${approvalId}`, runAt };
}

export function breakGlassJob(id: string, breakGlassId: string, runAt: number): JobRequest {
  const payload = { incidentId: id, breakGlassId };
  const key = `break_glass:${breakGlassId}`;
  return { task: 'break_glass_due', payload, key, lane: key, runAt };
}

/** A later request replaces the waiting job. The due reminder is read from the incident when the job runs. */
export function remindJob(id: string, runAt: number): JobRequest {
  return { task: 'remind', payload: { incidentId: id }, key: `remind:${id}`, lane: `remind:${id}`, runAt };
}

export function quorumJob(id: string, runAt: number): JobRequest {
  const key = `watch_quorum:${id}`;
  return { task: 'watch_quorum', payload: { incidentId: id }, key, lane: key, runAt };
}

/**
 * `anchor` is the head of the audit trail to write into the alert's comment. It is part of the payload so that a retry writes
 * the same.
 */
export function alertJob(id: string, alertId: string, anchor: string, runAt: number): JobRequest {
  const payload = { incidentId: id, alertId, anchor };
  return { task: 'update_alert', payload, key: `alert:${id}:${alertId}`, lane: `alert:${alertId}`, runAt };
}

/** Searches the audit log for the author of the change that voided an approval. `attempt` is the number of earlier searches. */
export function attributionJob(id: string, approvalId: string, attempt: number, runAt: number): JobRequest {
  const payload = { incidentId: id, approvalId, look: attempt };
  return { task: 'gather_evidence', payload, key: `evidence:${approvalId}`, lane: `evidence:${id}`, runAt };
}

/** Checks share a few lanes, so that those waiting for a slow service do not occupy the whole worker. */
const GATHER_LANES = 3;

export function gatherJob(id: string, cause: GatherCause, runAt: number): JobRequest {
  const lane = `findings:${(id.codePointAt(0) ?? 0) % GATHER_LANES}`;
  return { task: 'gather_findings', payload: { incidentId: id, cause }, key: `findings:${id}`, lane, runAt };
}

export function offerReportJob(payload: Payload<'offer_report'>, runAt: number): JobRequest {
  const key = `offer_report:${payload.memberId}:${payload.incidentId}`;
  return { task: 'offer_report', payload, key, lane: `report:${payload.memberId}`, runAt };
}

/** One job per file, however often Teams delivers the response. */
export function uploadReportJob(payload: Payload<'upload_report'>, runAt: number): JobRequest {
  const { by, file } = payload;
  const key = `upload_report:${by.objectId}:${file.uniqueId}`;
  return { task: 'upload_report', payload, key, lane: key, runAt };
}

/** `key` identifies the message. */
export function notifyReportJob(payload: Payload<'notify_report'>, key: string, runAt: number): JobRequest {
  return { task: 'notify_report', payload, key: `notify_report:${key}`, lane: `notify_report:${key}`, runAt };
}
