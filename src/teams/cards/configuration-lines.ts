import type { Configuration, ConfigurationValue } from '../../incident/model/fingerprint.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, textLine } from './card-lines.ts';
import { literal, MAX_REASON, valueText } from './card-text.ts';

type CardStrings = Strings['cards'];

/** Returns what an inbound connector accepts, in words, with Exchange's value beneath if it differs. */
export function configurationLines(configuration: Configuration, cards: CardStrings): readonly Line[] {
  const { facts, values } = cards;
  const { SenderIPAddresses, SenderDomains, TlsSenderCertificateName: certificate = null, RequireTls } = configuration;
  const hasCertificate = certificate !== null && certificate !== '';
  const anyServer = hasCertificate ? values.anyServerWithCertificate : values.anyAddress;
  const servers = listOf(SenderIPAddresses).length === 0 ? anyServer : valueText(SenderIPAddresses, cards);
  const domains = listOf(SenderDomains).map((domain) => domainWords(domain, values));
  const domainsText = domains.length === 0 ? values.anyDomain : valueText(domains, cards);
  const tls = RequireTls === true ? values.tlsRequired : values.tlsNotRequired;
  return [
    textLine(facts.senderIps, servers, MAX_REASON),
    withRaw(
      textLine(facts.senderDomains, domainsText, MAX_REASON),
      domains.length === 0 ? '' : valueText(SenderDomains, cards),
    ),
    ...(hasCertificate ? [textLine(facts.certificate, valueText(certificate, cards), MAX_REASON)] : []),
    textLine(facts.requireTls, tls, MAX_REASON),
  ];
}

function listOf(value: ConfigurationValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

/** Exchange writes a sender domain as `smtp:domain;priority`, and any domain as `smtp:*;1` (Set-InboundConnector: SenderDomains). */
function domainWords(value: string, strings: CardStrings['values']): string {
  const domain = value.replace(/^smtp:/i, '').replace(/;\d+$/, '');
  if (domain === '*') return strings.anyDomain;
  return domain.startsWith('*.') ? strings.subdomains(domain.slice(2)) : domain;
}

function withRaw(line: Line, raw: string): Line {
  const value = literal(raw, MAX_REASON);
  return value === '' || value === line.value ? line : { ...line, raw: value };
}
