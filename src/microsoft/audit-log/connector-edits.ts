import { z } from 'zod';
import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import type { ExchangeClient } from '../exchange/client.ts';
import { CHANGE_OPERATIONS, connectorRecordIn, foldName } from './connector-record.ts';
import { jsonOf } from './error-message.ts';

/** Who changed a connector, by any of its names, within a time (ms since the epoch); oldest first. Throws UpstreamErrors. */
export type ListConnectorEdits = (question: {
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
}) => Promise<readonly ConfigurationEdit[]>;

const DEADLINE_MS = 30_000;
const MAX_ROWS = 500;

/** A row holds its record as JSON in a string (Exchange PowerShell: Search-UnifiedAuditLog). */
const rowSchema = z.looseObject({ AuditData: z.string() });

/**
 * Reads Microsoft's unified audit log. The search is not limited to one object, because how the log names a connector is not
 * documented; every spelling is compared here. A record that cannot be read is left out.
 */
export function createConnectorEdits(client: Pick<ExchangeClient, 'read'>): ListConnectorEdits {
  return async ({ names, from, to }) => {
    const parameters = {
      StartDate: new Date(from).toISOString(),
      EndDate: new Date(to).toISOString(),
      Operations: CHANGE_OPERATIONS,
      ResultSize: MAX_ROWS,
    };
    const { items } = await client.read('Search-UnifiedAuditLog', parameters, AbortSignal.timeout(DEADLINE_MS));
    const wanted = new Set(names.map(foldName));
    return items
      .map(recordIn)
      .filter((record) => record !== null)
      .filter(({ subjects }) => subjects.some((subject) => wanted.has(subject)))
      .map(({ by, at, operation, address }) => ({ by, at, operation, ...(address === undefined ? {} : { address }) }))
      .toSorted((a, b) => a.at - b.at);
  };
}

function recordIn(row: unknown) {
  const { data } = rowSchema.safeParse(row);
  return data === undefined ? null : connectorRecordIn(jsonOf(data.AuditData));
}
