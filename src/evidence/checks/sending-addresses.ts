import type { ReverseName } from '../../dns/reverse-name.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { Configuration } from '../../incident/model/fingerprint.ts';
import { addressesSeen, type SendingAddress, totalOf } from '../../incident/model/traffic.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { checkedSettings, rangesOf } from '../connector-settings.ts';
import { attempt, lookedUp, orElse } from '../statements.ts';
import type { Subject } from '../subject.ts';
import {
  partsMissing,
  type ReadFacts,
  type ReadTraffic,
  seenBefore,
  TRAFFIC_TIMEOUT_MS,
  type TrafficFacts,
} from '../traffic/read-traffic.ts';

/** Throws an UpstreamError when DNS does not respond. */
type ReadReverseName = (address: string, signal: AbortSignal) => Promise<ReverseName>;

export type SendingAddressesFacts = { readonly traffic: TrafficFacts; readonly names: readonly ReverseName[] };

const MAX_NAMED = 5;
/** A connected server has a few addresses. More belong to a botnet, and looking up each of them proves nothing more. */
const MAX_RESOLVED = 10;

/** Judges the addresses of the servers that sent a connector's mail. */
export function createSendingAddressesCheck(readTraffic: ReadTraffic, readReverseName: ReadReverseName): RunnableCheck {
  return createCheck({
    check: 'sending_addresses',
    timeoutMs: TRAFFIC_TIMEOUT_MS,
    source: 'hunting',
    async read(subject, run) {
      const traffic = await readTraffic(subject, run);
      const addresses = traffic.kind === 'read' ? addressesSeen(traffic.reading).slice(0, MAX_RESOLVED) : [];
      const resolved = await Promise.all(
        addresses.map(({ address }) => attempt('dns', readReverseName(address, run.signal))),
      );
      const names = resolved.flatMap(({ value }) => (value === null ? [] : [value]));
      const unresolved = resolved.flatMap(({ missing }) => missing).slice(0, 1);
      return { facts: { traffic, names }, missing: [...partsMissing(traffic), ...unresolved, ...unqueried(traffic)] };
    },
    judge: judgeSendingAddresses,
  });
}

function unqueried(traffic: TrafficFacts): readonly Statement[] {
  const count = traffic.kind === 'read' ? addressesSeen(traffic.reading).length : 0;
  return lookedUp('addresses', MAX_RESOLVED, count);
}

/** Pure. */
export function judgeSendingAddresses(
  { traffic, names }: SendingAddressesFacts,
  { configuration }: Pick<Subject, 'configuration'>,
): Statements {
  if (traffic.kind === 'unread') return traffic.reasons;
  const addresses = addressesSeen(traffic.reading);
  if (addresses.length === 0)
    return [{ kind: 'no_addresses_seen', verdict: 'unknown', values: { since: traffic.reading.recentFrom } }];
  const found = [
    ...unlisted(addresses, configuration),
    ...newAddresses(traffic, addresses),
    ...unnamed(names),
    ...misnamed(names),
  ];
  const [first, ...rest] = orElse(found, asExpected(traffic, addresses, configuration));
  return configuration === null ? [first, ...rest, UNREAD_CONFIGURATION] : [first, ...rest];
}

const UNREAD_CONFIGURATION: Statement = { kind: 'configuration_unread', verdict: 'unknown', values: {} };

/**
 * States that the addresses are the expected ones, where there is something to compare them with: a list, or a past. Message trace
 * searches for listed addresses alone, so it shows no others.
 */
function asExpected(
  facts: ReadFacts,
  addresses: readonly SendingAddress[],
  configuration: Configuration | null,
): Statement {
  const { source } = facts.reading;
  const values = named(addresses.map(({ address }) => address));
  const isListed = checkedSettings(configuration).addresses.length > 0;
  if (source === 'trace' || (!isListed && seenBefore(facts, 'addresses') === null))
    return { kind: 'addresses_not_compared', verdict: 'unknown', values: { ...values, source } };
  return { kind: 'expected_addresses', verdict: 'good', values };
}

/**
 * Reports mail from unlisted addresses. Exchange accepts a connector's mail only from listed ones, so other mail arrived another
 * way, except with enhanced filtering, which reports the server before the listed one (Set-InboundConnector: EFSkipIPs).
 */
function unlisted(addresses: readonly SendingAddress[], configuration: Configuration | null): readonly Statement[] {
  const settings = checkedSettings(configuration);
  if (settings.addresses.length === 0) return [];
  const listed = rangesOf(configuration);
  const foreign = addresses.filter(({ address }) => !listed.some((range) => range.contains(address)));
  if (foreign.length === 0) return [];
  const values = { ...named(foreign.map(({ address }) => address)), messages: totalOf(foreign).messages };
  return [{ kind: 'unlisted_addresses', verdict: settings.skipsListedServers ? 'concern' : 'bad', values }];
}

function newAddresses(facts: ReadFacts, addresses: readonly SendingAddress[]): readonly Statement[] {
  const before = seenBefore(facts, 'addresses');
  if (before === null) return [];
  const fresh = addresses.filter(({ address }) => !before.values.has(address));
  if (fresh.length === 0) return [];
  const values = {
    ...named(fresh.map(({ address }) => address)),
    days: before.days,
    messages: totalOf(fresh).messages,
  };
  return [{ kind: 'new_addresses', verdict: 'concern', values }];
}

function unnamed(names: readonly ReverseName[]): readonly Statement[] {
  const without = names.filter((one) => one.names.length === 0).map(({ address }) => address);
  return without.length === 0 ? [] : [{ kind: 'no_reverse_name', verdict: 'concern', values: named(without) }];
}

function misnamed(names: readonly ReverseName[]): readonly Statement[] {
  const differing = names.filter((one) => one.names.length > 0 && !one.matches);
  return [...Map.groupBy(differing, (one) => one.names[0] ?? '')].map(([name, group]) => {
    const values = { ...named(group.map(({ address }) => address)), name };
    return { kind: 'reverse_name_differs', verdict: 'concern', values };
  });
}

function named(addresses: readonly string[]) {
  return { addresses: addresses.slice(0, MAX_NAMED), count: addresses.length };
}
