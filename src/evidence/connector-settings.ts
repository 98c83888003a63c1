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
  /** Whether it is another organization's. Such a connector lets nobody send to other recipients than the tenant's. */
  readonly isPartner: boolean;
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
    isPartner: configuration?.ConnectorType === 'Partner',
    treatedAsInternal: configuration?.TreatMessagesAsInternal === true,
    skipsListedServers: configuration?.EFSkipLastIP === true || textsIn(configuration?.EFSkipIPs).length > 0,
  };
}

/**
 * Returns the settings without the addresses and the certificate that Exchange does not check: those of a partner's connector that
 * does not restrict its domains to them (Exchange PowerShell: Set-InboundConnector, RestrictDomainsToIPAddresses and
 * RestrictDomainsToCertificate, false by default).
 */
export function checkedSettings(configuration: Configuration | null): ConnectorSettings {
  const settings = settingsOf(configuration);
  if (!settings.isPartner) return settings;
  return {
    ...settings,
    addresses: configuration?.RestrictDomainsToIPAddresses === true ? settings.addresses : [],
    certificate: configuration?.RestrictDomainsToCertificate === true ? settings.certificate : null,
  };
}

/** Returns the addresses and ranges that a connector lists, without the entries that are neither. */
export function rangesOf(configuration: Configuration | null): readonly AddressRange[] {
  return settingsOf(configuration).addresses.flatMap((entry) => addressRange(entry) ?? []);
}

export function takesAnyDomain({ senderDomains }: ConnectorSettings): boolean {
  return senderDomains.length === 0 || senderDomains.includes('*');
}
