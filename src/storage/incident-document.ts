import { z } from 'zod';
import type { Approval, ApprovalEnding, ConfigurationEdit, Person, VoidCause } from '../incident/model/approval.ts';
import type { Attestation } from '../incident/model/attestation.ts';
import type { BreakGlassAct, BreakGlassEnding } from '../incident/model/break-glass.ts';
import type { Configuration } from '../incident/model/fingerprint.ts';
import type { Incident, LinkedAlert, Remark, RestrictedConnector, UnblockCall } from '../incident/model/incident.ts';
import { ENDINGS, STATES } from '../incident/model/incident.ts';
import type { Reminder } from '../incident/model/reminder.ts';
import type { ShownConfiguration } from '../incident/model/shown.ts';
import { connectorChangeDocument } from './activity-feed.ts';
import { findingsDocument } from './finding-document.ts';

const configurationValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const configuration: z.ZodType<Configuration> = z.record(z.string(), configurationValue);
const person: z.ZodType<Person> = z.object({ tenantId: z.string(), objectId: z.string(), name: z.string() });

const match = z.enum(['guid', 'name', 'not_matched', 'unreadable']);

const connector: z.ZodType<RestrictedConnector> = z.object({
  id: z.string(),
  raw: z.string().optional(),
  name: z.string().nullable(),
  restrictionReason: z.string().nullable(),
  restrictedSince: z.number().nullable(),
  restrictedUntil: z.number().nullable(),
  match,
  configuration: configuration.nullable(),
  createdAt: z.number().nullable(),
  changedAt: z.number().nullable(),
  changedBy: connectorChangeDocument.optional(),
});

const shownConfiguration: z.ZodType<ShownConfiguration> = z.object({
  fromRevision: z.number(),
  fingerprint: z.string().nullable(),
});

const alert: z.ZodType<LinkedAlert> = z.object({
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
});

const change = z.object({ property: z.string(), before: configurationValue, after: configurationValue });

const edit: z.ZodType<ConfigurationEdit> = z.object({
  by: z.string(),
  at: z.number(),
  operation: z.string(),
  address: z.string().optional(),
});

const voidCause: z.ZodType<VoidCause> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('configuration_changed'),
    changes: z.array(change),
    edits: z.array(edit).optional(),
  }),
  z.object({ kind: z.literal('not_eligible'), who: z.enum(['approver', 'confirmer', 'emergency']), name: z.string() }),
  z.object({ kind: z.literal('could_not_recheck'), words: z.string() }),
  z.object({ kind: z.literal('audit_trail_broken'), seq: z.number() }),
]);

const ending: z.ZodType<ApprovalEnding> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('confirmed'), by: person, at: z.number() }),
  z.object({ kind: z.literal('rejected'), by: person, at: z.number(), reason: z.string().nullable() }),
  z.object({ kind: z.literal('withdrawn'), by: person, at: z.number() }),
  z.object({ kind: z.literal('expired'), at: z.number() }),
  z.object({ kind: z.literal('voided'), at: z.number(), cause: voidCause }),
  z.object({ kind: z.literal('overtaken'), at: z.number() }),
]);

const attestation: z.ZodType<Attestation> = z.object({
  language: z.string().nullable(),
  words: z.record(z.string(), z.string()),
  findings: z.object({
    match: match.nullable(),
    changedAt: z.number().nullable(),
    changedRecently: z.boolean().nullable(),
    alertLink: z.enum(['named', 'nearness', 'unlinked', 'none']),
  }),
  evidence: findingsDocument.optional(),
});

export const approvalDocument: z.ZodType<Approval> = z.object({
  id: z.string(),
  approver: person,
  approvedAt: z.number(),
  expiresAt: z.number(),
  reason: z.string(),
  attested: z.array(z.string()),
  attestation: attestation.nullable().default(null),
  fingerprint: z.string().nullable(),
  confirmer: person.nullable(),
  confirmedAt: z.number().nullable(),
  ending: ending.nullable(),
});

const breakGlassEnding: z.ZodType<BreakGlassEnding> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped'), by: person, at: z.number() }),
  z.object({ kind: z.literal('voided'), at: z.number(), cause: voidCause }),
  z.object({ kind: z.literal('overtaken'), at: z.number() }),
]);

export const breakGlassDocument: z.ZodType<BreakGlassAct> = z.object({
  id: z.string(),
  by: person,
  startedAt: z.number(),
  actsAt: z.number(),
  reason: z.string(),
  fingerprint: z.string().nullable(),
  askedAt: z.number().nullable(),
  ending: breakGlassEnding.nullable(),
  review: z.object({ by: person, at: z.number(), comment: z.string() }).nullable(),
});

const unblockCall: z.ZodType<UnblockCall> = z.object({
  approvalId: z.string(),
  intendedAt: z.number(),
  outcome: z.enum(['pending', 'accepted', 'not_called', 'unknown', 'refused']),
  requestId: z.string().nullable(),
  words: z.string().nullable(),
});

const remark: z.ZodType<Remark> = z.object({
  kind: z.enum(['acknowledge', 'keep_restricted']),
  by: person,
  at: z.number(),
  reason: z.string().nullable(),
});

const reminder: z.ZodType<Reminder> = z.object({ kind: z.enum(['approvers', 'escalation']), at: z.number() });

/** An incident as it is stored: everything but the lock counter, which is a column. */
export const incidentDocument: z.ZodType<Omit<Incident, 'revision'>> = z.object({
  id: z.string(),
  state: z.enum(STATES),
  connector: connector.nullable(),
  configurations: z.array(shownConfiguration).default([]),
  findings: findingsDocument.optional(),
  alerts: z.array(alert),
  unlinkedAlerts: z.array(alert).optional(),
  openedAt: z.number(),
  changedAt: z.number(),
  stateSince: z.number().optional(),
  endedAt: z.number().nullable(),
  ending: z.enum(ENDINGS).nullable(),
  missingSince: z.number().nullable(),
  approval: approvalDocument.nullable(),
  breakGlassActs: z.array(breakGlassDocument).default([]),
  unblockCall: unblockCall.nullable(),
  verifyBy: z.number().nullable(),
  remarks: z.array(remark),
  reminders: z.array(reminder).default([]),
  previousIncidentId: z.string().nullable(),
  drill: z.literal(true).optional(),
});
