import { readListing } from '../../dns/block-list.ts';
import { dnsName } from '../../dns/dns-name.ts';
import type { Dns } from '../../dns/resolver.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import { addressRange } from '../address-ranges.ts';
import { type CheckRun, createCheck, type RunnableCheck } from '../check.ts';
import { rangesOf, settingsOf } from '../connector-settings.ts';
import { attempt, distinct, lookedUp, orElse } from '../statements.ts';
import type { Subject } from '../subject.ts';
import type { ReadMailSeen } from '../traffic/mail-seen.ts';

/** What DNS shows of one of the connector's servers. */
type ServerFacts = {
  readonly address: string;
  /** Whether mail was seen from it. If so, the check `sending_addresses` reports a missing name. */
  readonly seen: boolean;
  /** The names in reverse DNS; null when it did not respond. */
  readonly names: readonly string[] | null;
  /** The block lists that list the address. */
  readonly lists: readonly string[];
};

type ExposureFacts = {
  readonly servers: readonly ServerFacts[];
  readonly certificate: CertificateHost | null;
};

/** The host named in the certificate; null when there is none or DNS did not respond. */
type CertificateHost = {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Whether the connector lists one of the addresses, alone or in a range, or mail was seen from one. */
  readonly isOurs: boolean;
};

type Clients = {
  readonly dns: Pick<Dns, 'addresses' | 'ipv4Addresses' | 'namesOf'>;
  /** Zones of DNS block lists; empty for none. */
  readonly blockLists: readonly string[];
  readonly readMailSeen: ReadMailSeen;
};

const MAX_SERVERS = 8;

/** Judges what DNS shows of the connected server. Block lists are queried only where they are configured. */
export function createServerExposureCheck(clients: Clients): RunnableCheck {
  return createCheck({
    check: 'server_exposure',
    timeoutMs: 20_000,
    source: 'dns',
    async read(subject, run) {
      const all = await serverAddresses(clients, subject, run);
      const addresses = all.slice(0, MAX_SERVERS);
      const read = await Promise.all(addresses.map((one) => readServer(clients, one)));
      const certificate = await attempt('dns', readCertificate(clients, subject, all));
      const left = lookedUp('addresses', MAX_SERVERS, all.length);
      const missing = [...read.flatMap((one) => one.missing), ...certificate.missing, ...left];
      const facts = { servers: read.map(({ server }) => server), certificate: certificate.value };
      return { facts, missing: distinct(missing) };
    },
    judge: judgeServerExposure,
  });
}

/** Returns the addresses that mail came from, then the single addresses that the connector lists. */
async function serverAddresses(clients: Clients, subject: Subject, run: CheckRun): Promise<readonly Server[]> {
  const listed = rangesOf(subject.configuration).flatMap(({ single, isPublic }) => (isPublic ? (single ?? []) : []));
  const { addresses: seen } = await clients.readMailSeen(subject, run);
  return [...new Set([...seen, ...listed])].map((address) => ({ address, seen: seen.includes(address) }));
}

type Server = Pick<ServerFacts, 'address' | 'seen'>;

async function readServer({ dns, blockLists }: Clients, { address, seen }: Server) {
  const names = await attempt('dns', dns.namesOf(address));
  const lists = await Promise.all(blockLists.map((list) => attempt('block_list', readListing(dns, address, list))));
  const listed = blockLists.filter((_, index) => lists[index]?.value === 'listed');
  const refused = blockLists.filter((_, index) => lists[index]?.value === 'refused').map(refusal);
  const missing = [...names.missing, ...lists.flatMap((one) => one.missing), ...refused];
  return { server: { address, seen, names: names.value, lists: listed }, missing };
}

function refusal(list: string): Statement {
  return { kind: 'block_list_refused', verdict: 'unknown', values: { list } };
}

async function readCertificate(
  { dns }: Clients,
  { configuration }: Subject,
  servers: readonly Server[],
): Promise<CertificateHost | null> {
  const { certificate } = settingsOf(configuration);
  const name = certificate === null ? null : dnsName(certificate);
  if (name === null) return null;
  const addresses = await dns.addresses(name);
  const ranges = [...rangesOf(configuration), ...servers.flatMap(({ address }) => addressRange(address) ?? [])];
  return { name, addresses, isOurs: addresses.some((one) => ranges.some((range) => range.contains(one))) };
}

/** Pure. */
function judgeServerExposure({ servers, certificate }: ExposureFacts): Statements {
  if (servers.length === 0) return [{ kind: 'no_server_known', verdict: 'unknown', values: {} }];
  const found = [
    ...servers.flatMap(onLists),
    ...servers.flatMap(genericNames),
    ...nameless(servers),
    ...elsewhere(certificate),
  ];
  return orElse(found, nameStatement(servers));
}

function nameStatement(servers: readonly ServerFacts[]): Statement {
  const names = [...new Set(servers.flatMap((server) => server.names?.slice(0, 1) ?? []))];
  if (names.length > 0) return { kind: 'server_named', verdict: 'good', values: { names } };
  const without = servers.filter((server) => server.names !== null).map(({ address }) => address);
  if (without.length === 0) return { kind: 'no_server_known', verdict: 'unknown', values: {} };
  return { kind: 'nameless_server', verdict: 'concern', values: { addresses: without } };
}

function onLists({ address, lists }: ServerFacts): readonly Statement[] {
  return lists.map((list) => ({ kind: 'on_block_list', verdict: 'bad', values: { address, list } }));
}

const GENERIC =
  /(?:^|[.-])(?:dyn|dynamic|dhcp|dsl|adsl|pool|ppp|cable|broadband|client|customer|cust|static|host|ip)[.\d-]/;
/** The last two labels of a name belong to the owner of the domain, which may be called so itself. */
const OWN_DOMAIN = /[^.]+\.[^.]+$/;

function genericNames({ address, names }: ServerFacts): readonly Statement[] {
  const generic = names?.find((name) => GENERIC.test(name.replace(OWN_DOMAIN, '')) || hasAddressIn(name, address));
  return generic === undefined
    ? []
    : [{ kind: 'generic_name', verdict: 'concern', values: { address, name: generic } }];
}

/** Whether the name contains the address, as providers write it: forwards or backwards, with any separator. */
function hasAddressIn(name: string, address: string): boolean {
  const parts = address.split('.');
  if (parts.length !== 4) return false;
  const orders = [parts, [...parts].reverse()];
  return orders.some((order) => new RegExp(`(?<!\\d)0*${order.join('[.x_-]0*')}(?!\\d)`).test(name));
}

function nameless(servers: readonly ServerFacts[]): readonly Statement[] {
  const without = servers.filter(({ names, seen }) => !seen && names !== null && names.length === 0);
  if (without.length === 0) return [];
  const values = { addresses: without.map(({ address }) => address) };
  return [{ kind: 'nameless_server', verdict: 'concern', values }];
}

/**
 * Reports a certificate whose host has other addresses. A host without an address in public DNS is no evidence: many servers are
 * known by their certificate alone.
 */
function elsewhere(certificate: CertificateHost | null): readonly Statement[] {
  if (certificate === null || certificate.addresses.length === 0 || certificate.isOurs) return [];
  const { name, addresses } = certificate;
  return [{ kind: 'certificate_elsewhere', verdict: 'concern', values: { certificate: name, addresses } }];
}
