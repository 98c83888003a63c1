import { certificateNameOf, senderDomainOf, textsIn } from '../incident/model/connector-settings.ts';
import type { Configuration } from '../incident/model/fingerprint.ts';
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
  /** Whether enhanced filtering is on, so that a message's address may be that of a server before the listed ones. */
  readonly skipsListedServers: boolean;
};

/** Returns the settings in a configuration; none of them for one that Exchange did not return. */
export function settingsOf(configuration: Configuration | null): ConnectorSettings {
  const [subject = ''] = textsIn(configuration?.TlsSenderCertificateName);
  const certificate = certificateNameOf(subject).toLowerCase();
  return {
    addresses: textsIn(configuration?.SenderIPAddresses),
    certificate: certificate === '' ? null : certificate,
    senderDomains: textsIn(configuration?.SenderDomains).map((entry) => senderDomainOf(entry).toLowerCase()),
    requiresTls: configuration?.RequireTls === true,
    treatedAsInternal: configuration?.TreatMessagesAsInternal === true,
    skipsListedServers: configuration?.EFSkipLastIP === true || textsIn(configuration?.EFSkipIPs).length > 0,
  };
}

/** Returns the addresses and ranges that a connector lists, without the entries that are neither. */
export function rangesOf(configuration: Configuration | null): readonly AddressRange[] {
  return settingsOf(configuration).addresses.flatMap((entry) => addressRange(entry) ?? []);
}

export function takesAnyDomain({ senderDomains }: ConnectorSettings): boolean {
  return senderDomains.length === 0 || senderDomains.includes('*');
}
