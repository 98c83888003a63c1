import type { RecordedRequest } from '../tenant/record.ts';
import type { Tenant } from '../tenant/tenant.ts';

const HOUR_MS = 3_600_000;

/** The source from which a connector's mail is read. */
export type Source = 'hunting' | 'message trace';

const PERMISSIONS = { hunting: 'ThreatHunting.Read.All', 'message trace': 'ExchangeMessageTrace.Read.All' } as const;

/** A call to another system: its name, and when it was made, ms since the epoch. */
export type Call = { readonly name: string; readonly at: number };

/**
 * Gives the tenant exactly `count` connectors, each with two addresses and a little mail from one of them, and allows reading
 * one source.
 */
export function haveMail({ exchange, mail, permissions }: Tenant, count: number, source: Source, now: number): void {
  permissions.grant(PERMISSIONS[source]);
  for (const { Name } of exchange.connectors()) exchange.removeConnector(Name);
  for (let index = 0; index < count; index += 1) {
    const name = connectorName(index);
    const [high, low] = [Math.floor(index / 250), (index % 250) + 1];
    const address = `203.0.${high + 1}.${low}`;
    exchange.addConnector(name, { SenderIPAddresses: [address, `198.51.${high + 1}.${low}`] });
    for (const hours of [1, 5, 20, 40]) mail.deliver(name, { at: now - hours * HOUR_MS, messages: 3, address });
  }
}

export function connectorName(index: number): string {
  return `Relay ${index}`;
}

/** Returns the calls to Microsoft, except requests for tokens. */
export function callsIn(requests: readonly RecordedRequest[]): readonly Call[] {
  const sent = requests.filter(({ service }) => service !== 'identity');
  return sent.map(({ operation, at }) => ({ name: nameOf(operation), at }));
}

/** Returns a cmdlet's name, or the method and path of a call without ids. */
function nameOf(operation: string): string {
  return operation.replace(/^\w+ \/(?:v1\.0|beta)\//, '').replaceAll(/\/[^/]*(?:@|[0-9a-f]{8}-|\d{10})[^/]*/g, '/{id}');
}

/** Returns the maximum number of calls of one name in any span of this length, ms. */
export function mostWithin(calls: readonly Call[], name: string, spanMs: number): number {
  const times = calls.filter((call) => call.name === name).map(({ at }) => at);
  let from = 0;
  return times.reduce((most, at, index) => {
    while ((times[from] ?? at) <= at - spanMs) from += 1;
    return Math.max(most, index - from + 1);
  }, 0);
}

export const HUNTING_CALL = 'security/runHuntingQuery';
export const TRACE_CALL = 'admin/exchange/tracing/messageTraces';
