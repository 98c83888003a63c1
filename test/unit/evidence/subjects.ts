import type { Subject } from '../../../src/evidence/subject.ts';

export const NOW = Date.UTC(2026, 10, 24, 9, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A connector that was created long ago, has not changed since, and is restricted now. */
export const RESTRICTED: Subject = {
  id: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56',
  name: 'Relay from Osaka',
  configuration: { SenderIPAddresses: ['192.0.2.10'], SenderDomains: ['smtp:*;1'], RequireTls: true },
  createdAt: NOW - 400 * DAY,
  changedAt: NOW - 400 * DAY,
  changedBy: null,
  restrictedSince: NOW,
  incidentId: 'incident-1',
};

export const WITHOUT_INCIDENT: Subject = { ...RESTRICTED, restrictedSince: null, incidentId: null };
