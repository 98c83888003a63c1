import type { Incident } from '../../../src/incident/model/incident.ts';
import type { AuditRow, JobRow } from '../../../src/storage/schema.ts';
import { cardsEnUs } from '../../../src/teams/locales/cards-en-us.ts';
import type { Evidence, Press } from '../evidence.ts';

/** A trial in which one restriction was lifted as it should be; each test spoils something in it. */
const CONNECTOR = '159eb7c4-75d7-03e2-15fe-ced44b3e0001';
export const APPROVER = '5a0c7701-3d1e-0b42-c0de-6f21d3e4a501';
export const CONFIRMER = '5a0c7702-3d1e-0b42-c0de-6f21d3e4a502';
export const REASON = 'Queue is clean, case 1';
const TENANT = '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c';

const person = (objectId: string) => ({ tenantId: TENANT, objectId, name: objectId });

const approval = {
  id: 'approval-1',
  approver: person(APPROVER),
  approvedAt: 20_000,
  expiresAt: 900_000,
  reason: REASON,
  attested: [],
  attestation: null,
  fingerprint: '[["SenderIPAddresses",["192.0.2.1"]]]',
  confirmer: person(CONFIRMER),
  confirmedAt: 30_000,
  ending: { kind: 'confirmed', by: person(CONFIRMER), at: 30_000 },
} as const;

export const incident: Incident = {
  id: 'incident-1',
  revision: 9,
  state: 'unblocked',
  connector: {
    id: CONNECTOR,
    name: 'Relay 1',
    restrictionReason: null,
    restrictedSince: 10_000,
    restrictedUntil: null,
    match: 'guid',
    configuration: null,
    createdAt: null,
    changedAt: null,
  },
  configurations: [],
  alerts: [
    { id: 'alert-1', title: '', status: 'new', severity: 'high', webUrl: null, createdAt: 10_000, link: 'named' },
  ],
  openedAt: 11_000,
  openedSeq: 1,
  changedSeq: 1,
  stateSince: 45_000,
  endedAt: 45_000,
  ending: 'two_admins',
  missingSince: null,
  approval,
  authorizationId: 'approval-1',
  unblockCall: { authorizationId: 'approval-1', intendedAt: 35_000, outcome: 'accepted', requestId: null, words: null },
  verifyBy: null,
  remarks: [],
  reminders: [],
  breakGlassActs: [],
  previousIncidentId: null,
};

export function pressed(changes: Partial<Press>): Press {
  return {
    at: 20_000,
    answeredAt: 20_100,
    by: APPROVER,
    verb: 'approve',
    incidentId: 'incident-1',
    approvalId: undefined,
    reason: undefined,
    genuine: true,
    status: 200,
    sentence: undefined,
    ...changes,
  };
}

export function entry(changes: Partial<AuditRow>): AuditRow {
  return {
    seq: 1,
    at: 20_000,
    action: 'opened',
    incident_id: 'incident-1',
    connector_id: CONNECTOR,
    actor_id: null,
    actor_name: null,
    details: '{}',
    previous_hash: '',
    hash: '',
    ...changes,
  };
}

export function leftOver(changes: Partial<JobRow>): JobRow {
  return {
    id: 'job-1',
    key: 'post_card:incident-1',
    lane: 'card:incident-1',
    task: 'post_card',
    payload: '{}',
    state: 'waiting',
    run_at: 0,
    attempts: 1,
    claims: 1,
    lease_until: null,
    last_error: null,
    ...changes,
  };
}

const tenant: Evidence['tenant'] = {
  removeCalls: [{ at: 35_100, connectorId: CONNECTOR, reason: `Approved by A. Confirmed by B. Reason: ${REASON}` }],
  checks: [
    { of: APPROVER, from: 20_010, to: 20_020 },
    { of: CONFIRMER, from: 30_010, to: 30_020 },
    { of: APPROVER, from: 34_900, to: 34_950 },
    { of: CONFIRMER, from: 34_900, to: 34_950 },
  ],
  looks: [11_000, 40_000],
  periods: [{ connectorId: CONNECTOR, connectorName: 'Relay 1', from: 10_000, until: 35_100, endedBy: 'cmdlet' }],
  configurations: [{ connectorId: CONNECTOR, at: 0, addresses: ['192.0.2.1'] }],
  eligibility: [{ at: 0, ids: new Set([APPROVER, CONFIRMER]) }],
  alerts: [{ id: 'alert-1', status: 'resolved', comments: ['Unblocked (Connector Guard, incident incident-1)'] }],
  cards: [{ activityId: '1', headline: cardsEnUs.headlines.unblocked, text: 'Unblocked: …\nRelay 1\nEnded' }],
};

const database: Evidence['database'] = {
  incidents: [incident],
  approvals: [{ ...approval, incidentId: 'incident-1' }],
  cards: new Map([['incident-1', '1']]),
  jobs: [leftOver({ task: 'reconcile', key: 'reconcile', lane: 'reconcile', attempts: 0 })],
  audit: [
    entry({ seq: 1 }),
    entry({
      seq: 2,
      action: 'approve',
      actor_id: `${TENANT}/${APPROVER}`,
      details: JSON.stringify({ shape: 2, reason: REASON, event: { approvalId: 'approval-1' } }),
    }),
    entry({
      seq: 3,
      action: 'confirm',
      actor_id: `${TENANT}/${CONFIRMER}`,
      details: JSON.stringify({ shape: 2, event: { approvalId: 'approval-1' } }),
    }),
    entry({ seq: 4, action: 'card_posted', details: JSON.stringify({ shape: 2, activityId: '1' }) }),
  ],
  verdict: { kind: 'intact', head: { seq: 4, hash: '' } },
};

export const sound: Evidence = {
  tenant,
  database,
  presses: [
    pressed({ reason: REASON, sentence: 'You approved unblocking Relay 1. A different admin has to confirm.' }),
    pressed({
      at: 30_000,
      by: CONFIRMER,
      verb: 'confirm',
      approvalId: 'approval-1',
      sentence: 'You confirmed unblocking Relay 1. The card shows when Exchange no longer lists it as restricted.',
    }),
  ],
  notices: [{ what: 'a notification', at: 10_500, genuine: true, status: 202 }],
  logs: ['{"level":"info","time":1,"msg":"listening"}'],
  exits: [{ replica: 'replica 1', code: null, signal: 'SIGKILL', ordered: true }],
  secrets: ['swordfish'],
  databaseTroubled: false,
};

export function withTenant(changes: Partial<Evidence['tenant']>): Evidence {
  return { ...sound, tenant: { ...tenant, ...changes } };
}

export function withDatabase(changes: Partial<Evidence['database']>): Evidence {
  return { ...sound, database: { ...database, ...changes } };
}
