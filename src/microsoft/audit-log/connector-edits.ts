import { z } from 'zod';
import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import { foldName } from '../../incident/model/connector-change.ts';
import type { Reading } from '../../incident/model/observation.ts';
import { jsonIn } from '../../shared/json.ts';
import type { ExchangeClient } from '../exchange/client.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { CHANGE_OPERATIONS, type ConnectorRecord, connectorRecordIn, isConnectorChange } from './connector-record.ts';

/** A connector's names and a time range (ms since the epoch). */
type EditsQuery = { readonly names: readonly string[]; readonly from: number; readonly to: number };

/** Reads the changes of a connector, oldest first; incomplete when the log may hold more. Throws an UpstreamError. */
export type ReadConnectorEdits = (query: EditsQuery) => Promise<Reading<ConfigurationEdit>>;

const DEADLINE_MS = 30_000;
const MAX_ROWS = 500;

/** Each row carries its record as JSON in a string (Exchange PowerShell: Search-UnifiedAuditLog). */
const rowSchema = z.looseObject({ AuditData: z.string(), ResultCount: z.number().nullish().catch(null) });

/**
 * Creates a reader of Microsoft's unified audit log. The search is not limited to one object: how the log names a connector
 * is not documented, so every name in a record is compared here. Records that cannot be parsed make the reading incomplete.
 */
export function createConnectorEdits(
  client: Pick<ExchangeClient, 'read'>,
  shapes?: ShapeWatch | undefined,
): ReadConnectorEdits {
  return async ({ names, from, to }) => {
    const parameters = {
      StartDate: new Date(from).toISOString(),
      EndDate: new Date(to).toISOString(),
      Operations: CHANGE_OPERATIONS,
      ResultSize: MAX_ROWS,
    };
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const { items: rows, reason: missing } = await client.read('Search-UnifiedAuditLog', parameters, signal);
    const records = rows.map((row) => recordIn(row, shapes));
    const readable = records.filter((record) => record !== null && record !== 'unreadable');
    const items = recordsOf(names, readable).map(({ by, at, operation, address }) => {
      return { by, at, operation, ...(address === undefined ? {} : { address }) };
    });
    const reason = missing ?? rowsMissing(rows) ?? unreadableReason(records.filter((it) => it === 'unreadable').length);
    return { items, complete: reason === null, reason };
  };
}

/**
 * Returns the records about the connector with one of these names, oldest first. A record that renames it has both names, so the
 * records before it are found under the earlier name.
 */
function recordsOf(names: readonly string[], records: readonly ConnectorRecord[]): readonly ConnectorRecord[] {
  const known = new Set(names.map(foldName));
  const found: ConnectorRecord[] = [];
  for (const record of records.toSorted((a, b) => b.at - a.at)) {
    if (!record.subjects.some((subject) => known.has(subject))) continue;
    for (const subject of record.subjects) known.add(subject);
    found.push(record);
  }
  return found.reverse();
}

/** The reason when the log has more rows than it returned; each row has the number of all (Search-UnifiedAuditLog: ResultCount). */
function rowsMissing(rows: readonly unknown[]): string | null {
  if (rows.length >= MAX_ROWS) return `the log has more than ${MAX_ROWS} changes of connectors`;
  const count = Math.max(0, ...rows.map((row) => rowSchema.safeParse(row).data?.ResultCount ?? 0));
  return count > rows.length ? `the log returned ${rows.length} of ${count} changes of connectors` : null;
}

function unreadableReason(count: number): string | null {
  return count === 0 ? null : `${count} of the log’s records could not be read`;
}

/** Returns null for a record of something else, or of a failed change. */
function recordIn(row: unknown, shapes: ShapeWatch | undefined): ConnectorRecord | 'unreadable' | null {
  const { data } = rowSchema.safeParse(row);
  if (data === undefined) shapes?.unexpected('audit_record', 'a row of Search-UnifiedAuditLog without AuditData');
  const held = jsonIn(data?.AuditData ?? '');
  if (typeof held !== 'object' || held === null) return 'unreadable';
  const record = connectorRecordIn(held, shapes);
  const isUnreadable = isConnectorChange(held) && (record === null || record.subjects.length === 0);
  return isUnreadable ? 'unreadable' : record;
}
