import { randomUUID } from 'node:crypto';

type Change = {
  readonly operation: string;
  readonly name: string;
  readonly by: string;
  /** The IP address it was made from. */
  readonly address?: string | undefined;
  /** Now, when omitted. */
  readonly at?: number;
  readonly parameters: Readonly<Record<string, unknown>>;
};

type Search = { readonly from: number; readonly to: number; readonly operations: readonly string[] };

export type AuditLog = {
  /** The delay between an event and its record: 60 to 90 minutes in a real tenant (Microsoft Purview). */
  readonly lag: { ms: number };
  write(change: Change): void;
  search(search: Search): readonly Record<string, unknown>[];
};

/** Creates the unified audit log, limited to changes of inbound connectors. */
export function createAuditLog(now: () => number, tenantId: string): AuditLog {
  const records: { readonly at: number; readonly record: Record<string, unknown> }[] = [];
  const lag = { ms: 0 };
  return {
    lag,
    write: ({ at = now(), ...change }) => void records.push({ at, record: recordOf(change, at, tenantId) }),
    search: ({ from, to, operations }) =>
      records
        .filter(({ at }) => at + lag.ms <= now() && at >= from && at < to)
        .filter(({ record }) => operations.length === 0 || operations.includes(String(record.Operation)))
        .map(({ at, record }, index) => row(record, at, index)),
  };
}

/**
 * Creates a record with the properties that the Office 365 Management Activity API documents (common schema, Exchange Admin
 * schema). No public record of an inbound connector was found: that `ObjectId` is its name after that of the organization is
 * inferred.
 */
function recordOf({ operation, name, by, address, parameters }: Change, at: number, tenantId: string) {
  return {
    CreationTime: new Date(at).toISOString().slice(0, 19),
    Id: randomUUID(),
    Operation: operation,
    OrganizationId: tenantId,
    RecordType: 1,
    ResultStatus: 'True',
    UserKey: by,
    UserType: 2,
    Version: 1,
    Workload: 'Exchange',
    ObjectId: `simulated.example\\${name}`,
    UserId: by,
    ClientIP: address === undefined ? undefined : `${address}:51234`,
    ExternalAccess: false,
    Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value: String(Value) })),
  };
}

/** Creates a row with the columns of Exchange PowerShell's Search-UnifiedAuditLog; the record itself is JSON in a string. */
function row(record: Record<string, unknown>, at: number, index: number): Record<string, unknown> {
  return {
    RecordType: 'ExchangeAdmin',
    CreationDate: new Date(at).toISOString().slice(0, 19),
    UserIds: record.UserId,
    Operations: record.Operation,
    AuditData: JSON.stringify(record),
    ResultIndex: index + 1,
    ResultCount: index + 1,
    Identity: record.Id,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}
