import type { Tenant } from '../tenant/tenant.ts';

/** Gives the tenant exactly this many inbound connectors; returns their names. */
export function haveConnectors({ exchange }: Tenant, count: number): readonly string[] {
  for (const { Name } of exchange.connectors()) exchange.removeConnector(Name);
  return Array.from({ length: count }, (_, index) => exchange.addConnector(`Relay ${index + 1} of ${count}`).Name);
}
