import { z } from 'zod';
import type { BlockedConnector, InboundConnector, Reading } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { oneLine } from '../http/one-line.ts';
import type { ExchangeClient } from './client.ts';
import { blockedConnectorIn, inboundConnectorIn } from './connector-rows.ts';

export type Connectors = {
  /** The truth about restrictions (`Get-BlockedConnector`). */
  listBlocked(): Promise<Reading<BlockedConnector>>;
  /** `Get-InboundConnector`. An app without the role for it gets an incomplete, empty reading that says so. */
  listInbound(): Promise<Reading<InboundConnector>>;
  /** `Remove-BlockedConnector`, sent once. Accepted is not lifted: read back. A thrown UpstreamError's `effect` says whether Exchange may have acted. */
  unblock(connectorId: string, reason: string): Promise<{ readonly requestId: string | null }>;
};

/** UTF-16 units; Exchange documents no limit for `-Reason`. */
const MAX_REASON = 500;

const guid = z.guid();

/** Inbound connectors as Exchange Online has them. Throws UpstreamErrors. */
export function createConnectors(client: ExchangeClient): Connectors {
  return {
    async listBlocked() {
      return readingOf(await client.read('Get-BlockedConnector'), blockedConnectorIn);
    },

    async listInbound() {
      try {
        return readingOf(await client.read('Get-InboundConnector', { ResultSize: 'Unlimited' }), inboundConnectorIn);
      } catch (error) {
        if (!(error instanceof UpstreamError) || error.retryable) throw error;
        return { items: [], complete: false, reason: error.message };
      }
    },

    async unblock(connectorId, reason) {
      const ConnectorId = guid.parse(connectorId);
      return client.change('Remove-BlockedConnector', { ConnectorId, Reason: oneLine(reason, MAX_REASON) });
    },
  };
}

function readingOf<T extends { readonly id: string }>(
  rows: Reading<unknown>,
  read: (row: unknown) => T | null,
): Reading<T> {
  const readable = rows.items.map(read).filter((row) => row !== null);
  const strange = rows.items.length - readable.length;
  const reason = rows.reason ?? (strange === 0 ? null : `Exchange sent ${strange} rows that could not be read`);
  return { items: [...new Map(readable.map((row) => [row.id, row])).values()], complete: reason === null, reason };
}
