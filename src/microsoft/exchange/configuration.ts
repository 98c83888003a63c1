import type { Configuration, ConfigurationValue } from '../../incident/model/fingerprint.ts';
import type { Row } from './row.ts';

/** The properties that `Set-InboundConnector` can set, except the identity (Exchange PowerShell: Set-InboundConnector). */
const SINGLE = [
  'CloudServicesMailEnabled',
  'Comment',
  'ConnectorSource',
  'ConnectorType',
  'EFSkipLastIP',
  'EFTestMode',
  'Enabled',
  'Name',
  'RequireTls',
  'RestrictDomainsToCertificate',
  'RestrictDomainsToIPAddresses',
  'TlsSenderCertificateName',
  'TreatMessagesAsInternal',
] as const;
const LISTS = [
  'AssociatedAcceptedDomains',
  'EFSkipIPs',
  'EFSkipMailGateway',
  'EFUsers',
  'ScanAndDropRecipients',
  'SenderDomains',
  'SenderIPAddresses',
  'TrustedOrganizations',
] as const;

/**
 * Returns all settings of an inbound connector. A setting that Exchange omits is null or an empty list, so that omitting it
 * does not count as a change.
 */
export function configurationIn(row: Row): Configuration {
  const single = SINGLE.map((property) => [property, scalar(row.get(property.toLowerCase()))] as const);
  const lists = LISTS.map((property) => [property, list(row.get(property.toLowerCase()))] as const);
  return Object.fromEntries([...single, ...lists]);
}

function scalar(value: unknown): ConfigurationValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined || value === null ? null : asText(value);
}

function list(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value.map(asText) : [asText(value)];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
