import { z } from 'zod';
import type { BlockedConnector, InboundConnector, Reading } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { oneLine } from '../http/one-line.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { createBlockedDetails } from './blocked-details.ts';
import { blockedConnectorIn } from './blocked-row.ts';
import type { ExchangeClient } from './client.ts';
import { inboundConnectorIn } from './inbound-row.ts';

export type Connectors = {
  /** Lists the restricted connectors (`Get-BlockedConnector`). */
  listBlocked(): Promise<Reading<BlockedConnector>>;
  /**
   * Lists the inbound connectors (`Get-InboundConnector`). Returns an empty, incomplete reading with the reason when
   * Exchange refuses, such as for a missing role.
   */
  listInbound(): Promise<Reading<InboundConnector>>;
  /**
   * Runs `Remove-BlockedConnector` once, without retries. Success only means that Exchange accepted the request; a later
   * reading shows whether the restriction is lifted. Throws an UpstreamError whose `effect` says whether Exchange may have
   * acted.
   */
  unblock(connectorId: string, reason: string): Promise<{ readonly requestId: string | null }>;
};

type Options = {
  /** The tenant's id, which is never that of a connector. */
  readonly tenantId?: string | null;
  readonly shapes?: ShapeWatch | undefined;
};

/** UTF-16 units; Exchange documents no limit for `-Reason`. */
const MAX_REASON = 500;

const guid = z.guid();

/** Creates the access to Exchange Online's inbound connectors and their restrictions. Throws UpstreamErrors. */
export function createConnectors(client: ExchangeClient, { tenantId = null, shapes }: Options = {}): Connectors {
  const rowsIn = (items: readonly unknown[]) =>
    items.map((row, index) => blockedConnectorIn(row, { tenantId, position: index + 1, shapes }));
  const withDetails = createBlockedDetails(async (ConnectorId, signal) => {
    const { items } = await client.read('Get-BlockedConnector', { ConnectorId }, signal);
    return rowsIn(items).find(({ id }) => id === ConnectorId) ?? null;
  }, shapes);
  return {
    async listBlocked() {
      const reading = await client.read('Get-BlockedConnector');
      return { ...reading, items: await withDetails(eachOnce(rowsIn(reading.items))) };
    },

    async listInbound() {
      try {
        return readingOf(await client.read('Get-InboundConnector', { ResultSize: 'Unlimited' }), shapes);
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

function readingOf(
  { items: rows, reason: incomplete }: Reading<unknown>,
  shapes: ShapeWatch | undefined,
): Reading<InboundConnector> {
  const reading = parsedReading(
    { rows, incomplete },
    (row) => inboundConnectorIn(row, shapes),
    (count) => `Exchange sent ${count} rows that could not be read`,
  );
  return { ...reading, items: eachOnce(reading.items) };
}

function eachOnce<T extends { readonly id: string }>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
