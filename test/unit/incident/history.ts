import assert from 'node:assert/strict';
import type { Decision } from '../../../src/incident/decide/decide.ts';
import { open } from '../../../src/incident/diff/open.ts';
import type { Person } from '../../../src/incident/model/approval.ts';
import type { RestrictedConnector } from '../../../src/incident/model/connector.ts';
import type { Effect } from '../../../src/incident/model/effects.ts';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { decide } from './decide.ts';

/** Synthetic people, ids and times for histories of one incident. */
const TENANT = '8a1f2c3d-0000-4000-8000-000000000001';
const person = (digit: number, name: string): Person => ({
  tenantId: TENANT,
  objectId: `8a1f2c3d-0000-4000-8000-00000000010${digit}`,
  name,
});
export const AOI = person(1, '佐藤 葵');
export const BEN = person(2, 'Ben Okafor');
export const CHIE = person(3, 'Chie Mori');
export const T0 = Date.UTC(2026, 10, 24, 9, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const CONNECTOR: RestrictedConnector = {
  id: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56',
  name: 'Relay from Osaka',
  restrictionReason: 'Suspicious activity',
  restrictedSince: T0 - MINUTE,
  restrictedUntil: null,
  match: 'guid',
  configuration: { SenderIPAddresses: ['192.0.2.10'], RequireTls: true, TlsSenderCertificateName: 'mail.example.com' },
  createdAt: T0 - 1000 * HOUR,
  changedAt: T0 - 900 * HOUR,
};

export function restricted(): Incident {
  return open({ id: 'incident-1', seq: T0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null })
    .incident;
}

export const approve = (by: Person, at: number, approvalId: string): IncidentEvent<'approve'> => ({
  kind: 'approve',
  at,
  by,
  approvalId,
  expiresAt: at + HOUR,
  reason: 'The flood was a misconfigured printer; it is off now.',
  attested: RECOMMENDATIONS,
});

export const confirm = (by: Person, at: number, approvalId: string): IncidentEvent<'confirm'> => ({
  kind: 'confirm',
  at,
  by,
  approvalId,
});

/** Applies events one after another, each of which must be accepted. */
export function play(incident: Incident, ...events: readonly IncidentEvent[]): Incident {
  return events.reduce((before, event) => {
    const decision = decide(before, event);
    assert.equal(decision.kind, 'applied', `${event.kind} in ${before.state}: ${JSON.stringify(decision)}`);
    return decision.kind === 'applied' ? decision.incident : before;
  }, incident);
}

export function effectsOf(decision: Decision): readonly Effect[] {
  assert.equal(decision.kind, 'applied', JSON.stringify(decision));
  return decision.kind === 'applied' ? decision.effects : [];
}

export function refusalOf(decision: Decision): string {
  assert.equal(decision.kind, 'refused', JSON.stringify(decision));
  return decision.kind === 'refused' ? decision.refusal.reason : '';
}

export const awaiting = (): Incident => play(restricted(), approve(AOI, T0 + 1, 'approval-1'));
export const unblocking = (): Incident => play(awaiting(), confirm(BEN, T0 + 2, 'approval-1'));
export const verifying = (): Incident =>
  play(
    unblocking(),
    { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' },
    {
      kind: 'unblock_accepted',
      at: T0 + 4,
      authorizationId: 'approval-1',
      requestId: 'request-1',
      verifyBy: T0 + 2 * HOUR,
    },
  );
export const breakGlass = (by: Person, at: number, breakGlassId: string): IncidentEvent<'break_glass'> => ({
  kind: 'break_glass',
  at,
  by,
  breakGlassId,
  actsAt: at + 15 * MINUTE,
  reason: 'Payslips go out tonight and nobody else answers.',
});
/** Incidents with a break-glass act of AOI that waits, calls Exchange, and is verified. */
export const breakGlassWaiting = (): Incident => play(restricted(), breakGlass(AOI, T0 + 1, 'act-1'));
export const breakGlassUnblocking = (): Incident =>
  play(breakGlassWaiting(), { kind: 'break_glass_due', at: T0 + 1 + 15 * MINUTE, breakGlassId: 'act-1' });
export const breakGlassVerifying = (): Incident =>
  play(
    breakGlassUnblocking(),
    { kind: 'unblock_intended', at: T0 + 16 * MINUTE, authorizationId: 'act-1' },
    {
      kind: 'unblock_accepted',
      at: T0 + 17 * MINUTE,
      authorizationId: 'act-1',
      requestId: 'request-1',
      verifyBy: T0 + 2 * HOUR,
    },
  );
export const breakGlassOver = (): Incident =>
  play(breakGlassVerifying(), { kind: 'observed_clear', at: T0 + HOUR, readSeq: T0 + HOUR - 1 });

/** Returns an incident after Exchange refused the call with this message. */
export const refusedWith = (words: string): Incident =>
  play(
    unblocking(),
    { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' },
    { kind: 'unblock_refused', at: T0 + 4, authorizationId: 'approval-1', words, requestId: 'request-1' },
  );
