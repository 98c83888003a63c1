import type { Approval } from '../../../src/incident/model/approval.ts';
import type { BreakGlassAct } from '../../../src/incident/model/break-glass.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { T0 } from '../incident/history.ts';

/** Texts that take far more room than their length says: wide, heaped up, joined, escaped, broken. */
export const SPACIOUS: Readonly<Record<string, string>> = {
  wide: '界',
  heaped: `e${'\u0301'.repeat(40)}`,
  joined: '👨‍👩‍👧‍👦',
  escaped: '"\\',
  broken: '\ud83d',
  braces: '{',
};

/** As long as the ids of incidents, approvals and acts are. */
const idOf = (index: number) => `8a1f2c3d-0000-4000-8000-${String(index).padStart(12, '0')}`;
/** The longest id that a click on an alert may carry. */
const MAX_ALERT_ID = 100;

/** A text several times as long as the most that is shown of any, in the units of UTF-16 that cards count. */
export function longText(unit: string): string {
  return unit.repeat(Math.ceil(3_000 / unit.length));
}

/** The incident with everything in it that others write as long, and as many, as it can be. */
export function worstIncident(incident: Incident, unit: string, long = longText(unit)): Incident {
  const many = Array.from({ length: 100 }, (_, index) => `${long.slice(0, 600)}${index}`);
  const by = { tenantId: 't', objectId: '8a1f2c3d-0000-4000-8000-000000000109', name: long };
  const configuration = { SenderIPAddresses: many, SenderDomains: many, TlsSenderCertificateName: long };
  const changedBy = { id: long, operation: 'Remove-InboundConnector', by: long, at: T0, subjects: [] } as const;
  const { connector, approval, unblockCall, breakGlassActs } = incident;
  return {
    ...incident,
    id: idOf(1),
    connector: connector && {
      ...connector,
      name: long,
      restrictionReason: long,
      restrictedUntil: T0,
      configuration,
      changedBy,
    },
    approval: approval && worstApproval(approval, long, many),
    breakGlassActs: breakGlassActs.map((act) => worstAct(act, long, many)),
    unblockCall: unblockCall && {
      ...unblockCall,
      authorizationId: unblockCall.authorizationId === approval?.id ? idOf(2) : idOf(3),
      words: long,
    },
    alerts: many.map((_, index) => ({
      id: `${index}`.padEnd(MAX_ALERT_ID, 'x'),
      title: long,
      status: long,
      severity: long,
      webUrl: `https://security.microsoft.com/?${'a'.repeat(900)}`,
      createdAt: T0,
      link: 'nearness',
    })),
    remarks: many.map(() => ({ kind: 'keep_restricted', by, at: T0, reason: long })),
  };
}

function worstAct(act: BreakGlassAct, long: string, many: readonly string[]): BreakGlassAct {
  const changes = many.map((property) => ({ property, before: many, after: many }));
  const { by, ending, review } = act;
  return {
    ...act,
    id: idOf(3),
    by: { ...by, name: long },
    reason: long,
    ending: ending?.kind === 'voided' ? { ...ending, cause: { kind: 'configuration_changed', changes } } : ending,
    review: review && { ...review, by: { ...review.by, name: long }, comment: long },
  };
}

function worstApproval(approval: Approval, long: string, many: readonly string[]): Approval {
  const { ending, confirmer } = approval;
  const changes = many.map((property) => ({ property, before: many, after: many }));
  const cause = { kind: 'configuration_changed', changes } as const;
  return {
    ...approval,
    id: idOf(2),
    approver: { ...approval.approver, name: long },
    confirmer: confirmer && { ...confirmer, name: long },
    reason: long,
    ending: ending?.kind === 'voided' ? { ...ending, cause } : ending,
  };
}
