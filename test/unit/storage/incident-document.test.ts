import assert from 'node:assert/strict';
import type { Approval } from '../../../src/incident/model/approval.ts';
import type { BreakGlassAct } from '../../../src/incident/model/break-glass.ts';
import { finding } from '../../../src/incident/model/finding.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { LinkedAlert } from '../../../src/incident/model/linked-alert.ts';
import { incidentDocument } from '../../../src/storage/incident-document.ts';
import { AOI, BEN, T0 } from '../incident/history.ts';

/** A type with every optional field required: a new field does not compile until the values below have it. */
type Full<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Full<Item>[]
    : { readonly [K in keyof T]-?: Full<Exclude<T[K], undefined>> };

const FINDINGS = [finding('who_may_send', [{ kind: 'check_failed', verdict: 'unknown', values: {} }], T0)] as const;

const ALERT: Full<LinkedAlert> = {
  id: 'alert-1',
  title: 'Suspicious connector activity',
  status: 'new',
  severity: 'high',
  webUrl: 'https://security.microsoft.com/alerts/alert-1',
  createdAt: T0,
  link: 'named',
  namedBy: 'partner.example',
  said: 'partner.example',
  incidentId: 'defender-1',
  keepApart: true,
};

const EDIT = { by: 'aoi@contoso.example', at: T0, operation: 'Set-InboundConnector', address: '203.0.113.9' };
const CAUSE = {
  kind: 'configuration_changed',
  changes: [{ property: 'SenderDomains', before: ['a.example'], after: null }],
  edits: [EDIT],
} as const;

const APPROVAL: Full<Approval> = {
  id: 'approval-1',
  approver: AOI,
  approvedAt: T0,
  expiresAt: T0 + 1,
  reason: 'The partner was cleaned.',
  attested: ['accounts'],
  attestation: {
    language: 'ja-JP',
    words: { accounts: 'アカウントを確認した' },
    findings: { match: 'guid', changedAt: T0, changedRecently: true, alertLink: 'named' },
    evidence: FINDINGS,
  },
  fingerprint: '{}',
  dangers: [{ check: 'traffic', fromRevision: 4 }],
  confirmer: BEN,
  confirmedAt: T0,
  confirmedShown: 5,
  ending: { kind: 'voided', at: T0, cause: CAUSE },
};

const ACT: Full<BreakGlassAct> = {
  id: 'act-1',
  by: AOI,
  startedAt: T0,
  actsAt: T0 + 1,
  reason: 'Nobody else is awake.',
  fingerprint: '{}',
  askedAt: T0 + 1,
  ending: { kind: 'voided', at: T0, cause: CAUSE },
  review: { by: BEN, at: T0 + 2, comment: 'Agreed.' },
};

const INCIDENT: Full<Omit<Incident, 'revision'>> = {
  id: 'incident-1',
  drill: true,
  state: 'verifying',
  connector: {
    id: '8a1f2c3d-0000-4000-8000-000000000001',
    raw: '{"Identity":"x"}',
    name: 'Partner',
    restrictionReason: 'OutboundSpamLast24Hours=1200',
    restrictedSince: T0,
    restrictedUntil: T0 + 1,
    match: 'guid',
    configuration: { SenderDomains: ['a.example'], Enabled: true, Comment: null, Limit: 3, Name: 'Partner' },
    createdAt: T0,
    changedAt: T0,
    changedBy: {
      id: 'record-1',
      operation: 'Set-InboundConnector',
      by: 'aoi@contoso.example',
      at: T0,
      subjects: ['p'],
    },
  },
  configurations: [{ fromRevision: 1, fingerprint: '{}' }],
  findings: FINDINGS,
  alerts: [ALERT],
  unlinkedAlerts: [{ ...ALERT, id: 'alert-2' }],
  openedAt: T0,
  openedSeq: 7,
  changedSeq: 7,
  stateSince: T0,
  stateRevision: 7,
  endedAt: T0,
  ending: 'two_admins',
  missingSince: T0,
  approval: APPROVAL,
  breakGlassActs: [ACT],
  authorizationId: 'approval-1',
  unblockCall: {
    authorizationId: 'approval-1',
    intendedAt: T0,
    outcome: 'accepted',
    requestId: 'request-1',
    words: 'later',
  },
  verifyBy: T0 + 1,
  remarks: [{ kind: 'keep_restricted', by: AOI, at: T0, reason: 'Wait for the partner.' }],
  reminders: [{ kind: 'escalation', at: T0 }],
  previousIncidentId: 'incident-0',
};

describe('a stored incident', () => {
  it('is read with every field it can have', () => {
    assert.deepEqual(incidentDocument.parse(JSON.parse(JSON.stringify(INCIDENT))), INCIDENT);
  });
});
