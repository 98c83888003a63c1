import type { InboundConnector } from '../../incident/model/observation.ts';
import { instantOf } from '../http/instant.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { configurationIn } from './configuration.ts';
import { booleanIn, first, guidIn, rowOf, textIn } from './row.ts';

/**
 * Parses a row of `Get-InboundConnector` (Exchange PowerShell: Get-InboundConnector). Returns null when a property that
 * every row has is missing.
 */
export function inboundConnectorIn(value: unknown, shapes?: ShapeWatch | undefined): InboundConnector | null {
  const row = rowOf(value) ?? new Map<string, unknown>();
  const id = first(row, ['Guid', 'ExchangeObjectId', 'Identity'], guidIn);
  const name = first(row, ['Name', 'Identity'], textIn);
  const type = first(row, ['ConnectorType'], textIn);
  const enabled = first(row, ['Enabled'], booleanIn);
  if (id === null || name === null || type === null || enabled === null) {
    shapes?.unexpected('inbound_connector_row', `a row with ${[...row.keys()].toSorted().join(', ') || 'nothing'}`);
    return null;
  }
  const createdAt = first(row, ['WhenCreatedUTC'], instantOf);
  const changedAt = first(row, ['WhenChangedUTC'], instantOf);
  return { id, name, enabled, type, createdAt, changedAt, configuration: configurationIn(row) };
}
