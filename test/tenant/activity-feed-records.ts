import { randomUUID } from 'node:crypto';
import type { Alert } from './alerts.ts';

/** An audit record as the feed returns it; every record of this tenant is synthetic. */
export type AuditRecord = { readonly Operation: string; readonly [property: string]: unknown };

const POLICY_ID = '8bb9c6c8-dc12-40e1-5bb8-08da05b13393';
const POLICY_NAME = 'Suspicious connector activity';

/** Formats a time without a zone, as the feed does. */
function feedTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/**
 * Creates the record of an alert. Keys and their abbreviations are those of records of other policies; none of a connector has
 * been published.
 */
export function alertRecord(
  operation: 'AlertTriggered' | 'AlertEntityGenerated' | 'AlertUpdated',
  { id }: Pick<Alert, 'id'>,
  at: number,
  entity?: string,
): AuditRecord {
  const data = { etype: 'Connector', ...(entity === undefined ? {} : { eid: entity }), op: 'ConnectorAbuse' };
  return {
    Id: randomUUID(),
    Operation: operation,
    AlertId: id.replace(/^fa/, ''),
    AlertType: 'System',
    Name: POLICY_NAME,
    PolicyId: POLICY_ID,
    RecordType: '40',
    CreationTime: feedTime(at),
    Workload: 'SecurityComplianceCenter',
    UserId: 'SecurityComplianceAlerts',
    Status: 'Active',
    Severity: 'High',
    ...(entity === undefined ? {} : { AlertEntityId: entity, EntityType: 'Connector' }),
    Data: JSON.stringify({ ...data, cid: POLICY_ID, lon: 'ConnectorAbuse', an: POLICY_NAME, sev: 'High' }),
  };
}

export function connectorChangeRecord(
  operation: 'New-InboundConnector' | 'Set-InboundConnector' | 'Remove-InboundConnector',
  name: string,
  by: string,
  at: number,
): AuditRecord {
  return {
    Id: randomUUID(),
    Operation: operation,
    RecordType: 1,
    CreationTime: feedTime(at),
    Workload: 'Exchange',
    ResultStatus: 'True',
    UserId: by,
    ObjectId: `simulated.example\\${name}`,
    Parameters: [{ Name: operation.startsWith('New') ? 'Name' : 'Identity', Value: name }],
  };
}

/**
 * Creates a hygiene record. The Hygiene events schema of the Management Activity API is documented for users; that connectors
 * are reported the same way is inferred.
 */
export function hygieneRecord(event: 'Listed' | 'Delisted', value: string, at: number): AuditRecord {
  return {
    Id: randomUUID(),
    Operation: 'HygieneTenantEvents',
    RecordType: 29,
    CreationTime: feedTime(at),
    Workload: 'SecurityComplianceCenter',
    Audit: 'Outbound',
    Event: event,
    EventId: 1,
    EventValue: value,
    Reason: 'OutboundSpamLast24Hours=120;OutboundMailLast24Hours=130',
  };
}
