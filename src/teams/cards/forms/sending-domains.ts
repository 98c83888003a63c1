import { senderDomainOf, textsIn } from '../../../incident/model/connector-settings.ts';
import type { Statement } from '../../../incident/model/finding.ts';
import type { Incident } from '../../../incident/model/incident.ts';

/** The longest domain name, in characters (RFC 1035, section 2.3.4). */
const MAX_DOMAIN = 253;

/** Returns the domains that send through the connector: those seen in its mail, the worst first, otherwise those of its settings. */
export function sendingDomains({ connector, findings = [] }: Incident): readonly string[] {
  const statements = findings.find(({ check }) => check === 'senders')?.statements ?? [];
  const seen = domainsIn(statements.flatMap(namedBy));
  return seen.length > 0 ? seen : domainsIn(textsIn(connector?.configuration?.SenderDomains).map(senderDomainOf));
}

/** Returns the domains of a statement; of a pair, that of the envelope, by which message trace finds mail. */
function namedBy({ values }: Statement): readonly string[] {
  if ('domains' in values) return values.domains;
  return 'pairs' in values ? values.pairs.map((pair) => pair.split(' / ')[0] ?? '') : [];
}

/** Returns single domains, each once. `*` and `*.contoso.com` in a connector's settings stand for many. */
function domainsIn(names: readonly string[]): readonly string[] {
  const isDomain = (name: string) => name.includes('.') && name.length <= MAX_DOMAIN && !/[*@\s]/.test(name);
  return [...new Set(names.map((name) => name.trim().toLowerCase()).filter(isDomain))];
}
