import { z } from 'zod';
import type { Approval, ApprovalEnding, ConfigurationEdit, VoidCause } from '../incident/model/approval.ts';
import type { Attestation } from '../incident/model/attestation.ts';
import type { BreakGlassAct, BreakGlassEnding } from '../incident/model/break-glass.ts';
import type { RestrictedConnector, ShownConfiguration } from '../incident/model/connector.ts';
import { ENDINGS } from '../incident/model/ending.ts';
import { CHECKS } from '../incident/model/finding.ts';
import type { Configuration } from '../incident/model/fingerprint.ts';
import type { Incident, Remark, Reminder, UnblockCall } from '../incident/model/incident.ts';
import { STATES } from '../incident/model/incident.ts';
import type { LinkedAlert } from '../incident/model/linked-alert.ts';
import { connectorChangeDocument } from './activity-feed.ts';
import { documentOf, personDocument } from './document.ts';
import { findingsDocument } from './finding-document.ts';

const configurationValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export const configurationDocument = documentOf<Configuration>()(z.record(z.string(), configurationValue));
const match = z.enum(['guid', 'name', 'not_matched', 'unreadable']);

const connector = documentOf<RestrictedConnector>()(
  z.object({
    id: z.string(),
    raw: z.string().optional(),
    name: z.string().nullable(),
    restrictionReason: z.string().nullable(),
    restrictedSince: z.number().nullable(),
    restrictedUntil: z.number().nullable(),
    match,
    configuration: configurationDocument.nullable(),
    createdAt: z.number().nullable(),
    changedAt: z.number().nullable(),
    changedBy: connectorChangeDocument.optional(),
  }),
);

const shownConfiguration = documentOf<ShownConfiguration>()(
  z.object({
    fromRevision: z.number(),
    fingerprint: z.string().nullable(),
  }),
);

const alert = documentOf<LinkedAlert>()(
  z.object({
    id: z.string(),
    title: z.string(),
    status: z.string(),
    severity: z.string(),
    webUrl: z.string().nullable(),
    createdAt: z.number(),
    link: z.enum(['named', 'nearness', 'unlinked']),
    namedBy: z.string().optional(),
    said: z.string().optional(),
    incidentId: z.string().optional(),
    keepApart: z.literal(true).optional(),
  }),
);

const change = z.object({ property: z.string(), before: configurationValue, after: configurationValue });

const edit = documentOf<ConfigurationEdit>()(
  z.object({
    by: z.string(),
    at: z.number(),
    operation: z.string(),
    address: z.string().optional(),
  }),
);

const voidCause = documentOf<VoidCause>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('configuration_changed'),
      changes: z.array(change),
      edits: z.array(edit).optional(),
    }),
    z.object({
      kind: z.literal('not_eligible'),
      who: z.enum(['approver', 'confirmer', 'emergency']),
      name: z.string(),
    }),
    z.object({ kind: z.literal('could_not_recheck'), words: z.string() }),
    z.object({ kind: z.literal('audit_trail_broken'), seq: z.number() }),
  ]),
);

const ending = documentOf<ApprovalEnding>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('confirmed'), by: personDocument, at: z.number() }),
    z.object({ kind: z.literal('rejected'), by: personDocument, at: z.number(), reason: z.string().nullable() }),
    z.object({ kind: z.literal('withdrawn'), by: personDocument, at: z.number() }),
    z.object({ kind: z.literal('expired'), at: z.number() }),
    z.object({ kind: z.literal('voided'), at: z.number(), cause: voidCause }),
    z.object({ kind: z.literal('overtaken'), at: z.number() }),
  ]),
);

const attestation = documentOf<Attestation>()(
  z.object({
    language: z.string().nullable(),
    words: z.record(z.string(), z.string()),
    findings: z.object({
      match: match.nullable(),
      changedAt: z.number().nullable(),
      changedRecently: z.boolean().nullable(),
      alertLink: z.enum(['named', 'nearness', 'unlinked', 'none']),
    }),
    evidence: findingsDocument.optional(),
  }),
);

export const approvalDocument = documentOf<Approval>()(
  z.object({
    id: z.string(),
    approver: personDocument,
    approvedAt: z.number(),
    expiresAt: z.number(),
    reason: z.string(),
    attested: z.array(z.string()),
    attestation: attestation.nullable().default(null),
    fingerprint: z.string().nullable(),
    dangers: z.array(z.object({ check: z.enum(CHECKS), fromRevision: z.number() })).optional(),
    confirmer: personDocument.nullable(),
    confirmedAt: z.number().nullable(),
    confirmedShown: z.number().optional(),
    ending: ending.nullable(),
  }),
);

const breakGlassEnding = documentOf<BreakGlassEnding>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stopped'), by: personDocument, at: z.number() }),
    z.object({ kind: z.literal('voided'), at: z.number(), cause: voidCause }),
    z.object({ kind: z.literal('overtaken'), at: z.number() }),
  ]),
);

export const breakGlassDocument = documentOf<BreakGlassAct>()(
  z.object({
    id: z.string(),
    by: personDocument,
    startedAt: z.number(),
    actsAt: z.number(),
    reason: z.string(),
    fingerprint: z.string().nullable(),
    askedAt: z.number().nullable(),
    ending: breakGlassEnding.nullable(),
    review: z.object({ by: personDocument, at: z.number(), comment: z.string() }).nullable(),
  }),
);

const unblockCall = documentOf<UnblockCall>()(
  z.object({
    authorizationId: z.string(),
    intendedAt: z.number(),
    outcome: z.enum(['pending', 'accepted', 'not_called', 'unknown', 'busy', 'refused']),
    requestId: z.string().nullable(),
    words: z.string().nullable(),
  }),
);

const remark = documentOf<Remark>()(
  z.object({
    kind: z.enum(['acknowledge', 'keep_restricted', 'ask']),
    by: personDocument,
    at: z.number(),
    reason: z.string().nullable(),
  }),
);

const reminder = documentOf<Reminder>()(z.object({ kind: z.enum(['approvers', 'escalation']), at: z.number() }));

/** The schema of a stored incident: everything but the lock counter, which is a column. */
export const incidentDocument = documentOf<Omit<Incident, 'revision'>>()(
  z.object({
    id: z.string(),
    state: z.enum(STATES),
    connector: connector.nullable(),
    configurations: z.array(shownConfiguration).default([]),
    findings: findingsDocument.optional(),
    alerts: z.array(alert),
    unlinkedAlerts: z.array(alert).optional(),
    openedAt: z.number(),
    openedSeq: z.number().default(0),
    changedSeq: z.number().default(0),
    stateSince: z.number(),
    stateRevision: z.number().optional(),
    endedAt: z.number().nullable(),
    ending: z.enum(ENDINGS).nullable(),
    missingSince: z.number().nullable(),
    approval: approvalDocument.nullable(),
    breakGlassActs: z.array(breakGlassDocument).default([]),
    authorizationId: z.string().nullable(),
    unblockCall: unblockCall.nullable(),
    verifyBy: z.number().nullable(),
    remarks: z.array(remark),
    reminders: z.array(reminder).default([]),
    previousIncidentId: z.string().nullable(),
    drill: z.literal(true).optional(),
  }),
);
