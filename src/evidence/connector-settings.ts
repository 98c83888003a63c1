import type { Configuration, ConfigurationValue } from '../incident/model/fingerprint.ts';
import { type AddressRange, addressRange } from './address-ranges.ts';

/** The settings of an inbound connector that determine who may send through it (Exchange PowerShell: Set-InboundConnector). */
export type ConnectorSettings = {
  readonly addresses: readonly string[];
  /** The host name or pattern the sender's certificate must have; null when no certificate is required. */
  readonly certificate: string | null;
  /** Without `smtp:` and priority; empty or `*` for any. */
  readonly senderDomains: readonly string[];
  readonly requiresTls: boolean;
  readonly treatedAsInternal: boolean;
};

/** Returns the settings in a configuration; none of them for one that Exchange did not return. */
export function settingsOf(configuration: Configuration | null): ConnectorSettings {
  return {
    addresses: listIn(configuration?.SenderIPAddresses),
    certificate: certificateName(configuration?.TlsSenderCertificateName),
    senderDomains: listIn(configuration?.SenderDomains).map(domainOf),
    requiresTls: configuration?.RequireTls === true,
    treatedAsInternal: configuration?.TreatMessagesAsInternal === true,
  };
}

/** Returns the addresses and ranges that a connector lists, without the entries that are neither. */
export function rangesOf(configuration: Configuration | null): readonly AddressRange[] {
  return settingsOf(configuration).addresses.flatMap((entry) => addressRange(entry) ?? []);
}

export function takesAnyDomain({ senderDomains }: ConnectorSettings): boolean {
  return senderDomains.length === 0 || senderDomains.includes('*');
}

function listIn(value: ConfigurationValue | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value : [];
}

/** Reads the domain of an entry, which Exchange writes as `smtp:domain;priority`. */
function domainOf(entry: string): string {
  return entry
    .trim()
    .toLowerCase()
    .replace(/^smtp:/, '')
    .replace(/;\d+$/, '');
}

/** Reads the host name from a value that is a name or `<I>issuer<S>subject` with a distinguished name. */
function certificateName(value: ConfigurationValue | undefined): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const subject = value.trim().replace(/^.*<S>/i, '');
  return subject.replace(/^CN=([^,]*).*$/i, '$1').toLowerCase();
}
