import { z } from 'zod';
import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import { foldName } from '../../incident/model/connector-change.ts';
import type { Reading } from '../../incident/model/observation.ts';
import { jsonIn } from '../../shared/json.ts';
import type { ExchangeClient } from '../exchange/client.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { CHANGE_OPERATIONS, connectorRecordIn } from './connector-record.ts';

/** A connector's names and a time range (ms since the epoch). */
type EditsQuery = { readonly names: readonly string[]; readonly from: number; readonly to: number };

/** Reads the changes of a connector, oldest first; incomplete when the log may hold more. Throws an UpstreamError. */
export type ReadConnectorEdits = (query: EditsQuery) => Promise<Reading<ConfigurationEdit>>;

const DEADLINE_MS = 30_000;
const MAX_ROWS = 500;

/** Each row carries its record as JSON in a string (Exchange PowerShell: Search-UnifiedAuditLog). */
const rowSchema = z.looseObject({ AuditData: z.string() });

/**
 * Creates a reader of Microsoft's unified audit log. The search is not limited to one object: how the log names a connector
 * is not documented, so every name in a record is compared here. Records that cannot be parsed are skipped.
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
    const foldedNames = new Set(names.map(foldName));
    const items = rows
      .map((row) => recordIn(row, shapes))
      .filter((record) => record !== null)
      .filter(({ subjects }) => subjects.some((subject) => foldedNames.has(subject)))
      .map(({ by, at, operation, address }) => ({ by, at, operation, ...(address === undefined ? {} : { address }) }))
      .toSorted((a, b) => a.at - b.at);
    const reason =
      missing ?? (rows.length < MAX_ROWS ? null : `the log has more than ${MAX_ROWS} changes of connectors`);
    return { items, complete: reason === null, reason };
  };
}

function recordIn(row: unknown, shapes: ShapeWatch | undefined) {
  const { data } = rowSchema.safeParse(row);
  if (data === undefined) shapes?.unexpected('audit_record', 'a row of Search-UnifiedAuditLog without AuditData');
  return data === undefined ? null : connectorRecordIn(jsonIn(data.AuditData), shapes);
}
