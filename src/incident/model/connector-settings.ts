import type { ConfigurationValue } from './fingerprint.ts';

/** Returns the texts of a setting, whether Exchange returned one or a list; none for an empty one. */
export function textsIn(value: ConfigurationValue | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value : [];
}

/** Returns the domain of an entry of SenderDomains, which Exchange writes as `smtp:domain;priority` (Set-InboundConnector). */
export function senderDomainOf(entry: string): string {
  return entry
    .trim()
    .replace(/^smtp:/i, '')
    .replace(/;\d+$/, '');
}

/** Returns the host name in TlsSenderCertificateName, a name or `<I>issuer<S>subject` with a distinguished name. */
export function certificateNameOf(value: string): string {
  const subject = value.trim().replace(/^.*<S>/i, '');
  return subject.replace(/^CN=([^,]*).*$/i, '$1');
}
