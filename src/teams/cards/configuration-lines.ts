import { senderDomainOf, textsIn } from '../../incident/model/connector-settings.ts';
import type { Configuration, ConfigurationChange, ConfigurationValue } from '../../incident/model/fingerprint.ts';
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
  const servers = textsIn(SenderIPAddresses).length === 0 ? anyServer : valueText(SenderIPAddresses, cards);
  const domains = textsIn(SenderDomains).map((domain) => domainText(domain, values));
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

/** The labels of the settings that the card shows, by Exchange's property names. */
const LABELS: Readonly<Record<string, 'senderIps' | 'senderDomains' | 'certificate' | 'requireTls'>> = {
  SenderIPAddresses: 'senderIps',
  SenderDomains: 'senderDomains',
  TlsSenderCertificateName: 'certificate',
  RequireTls: 'requireTls',
};

/** Returns a changed setting with its old and its new value; under Exchange's name for it where the card has none. */
export function changeText({ property, before, after }: ConfigurationChange, cards: CardStrings): string {
  const label = LABELS[property];
  const name = label === undefined ? property : cards.facts[label];
  return cards.ended.change(name, settingText(property, before, cards), settingText(property, after, cards));
}

function settingText(property: string, value: ConfigurationValue, cards: CardStrings): string {
  const isDomains = property === 'SenderDomains' && value !== null;
  return valueText(isDomains ? textsIn(value).map((domain) => domainText(domain, cards.values)) : value, cards);
}

/** Exchange writes any domain as `*`. */
function domainText(value: string, strings: CardStrings['values']): string {
  const domain = senderDomainOf(value);
  if (domain === '*') return strings.anyDomain;
  return domain.startsWith('*.') ? strings.subdomains(domain.slice(2)) : domain;
}

/** Adds Exchange's own text beneath a line, unless the line has it already. */
export function withRaw(line: Line, raw: string): Line {
  const value = literal(raw, MAX_REASON);
  return value === '' || line.value.startsWith(value) ? line : { ...line, raw: value };
}
