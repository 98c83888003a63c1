import type { WhoMaySendStatements } from '../../../incident/model/statements/who-may-send.ts';
import type { StatementSentences } from './finding-texts.ts';

const domains = (any: boolean) => (any ? ', from any domain' : '');

export const whoMaySendEnUs: StatementSentences<keyof WhoMaySendStatements> = {
  limited_to_addresses: ({ addresses, count, certificate }, { number }) =>
    count === 1
      ? `Only ${addresses.join(', ')} may send${certificate === null ? ', with TLS' : `, with a certificate for ${certificate}`}.`
      : `Only ${number(count)} listed addresses may send${certificate === null ? ', with TLS' : `, with a certificate for ${certificate}`}.`,
  addresses_without_tls: ({ addresses, count }, { number }) =>
    `${count === 1 ? addresses.join(', ') : `${number(count)} listed addresses`} may send, and TLS is not required.`,
  any_server_with_certificate: ({ certificate, anyDomain }) =>
    `Any server with a certificate for ${certificate} may send${domains(anyDomain)}: no IP address is listed.`,
  wildcard_certificate: ({ certificate }) => `${certificate} covers every host of that domain, not one server.`,
  wide_range: ({ range, count }, { number }) => `${range} lets ${number(count)} addresses send.`,
  unusable_addresses: ({ addresses }) => `Not addresses of a server on the internet: ${addresses.join(', ')}.`,
  no_restriction: ({ anyDomain }) =>
    `Any server may send${domains(anyDomain)}: neither an IP address nor a certificate is required.`,
  treated_as_internal: () => 'Mail through it counts as internal, so it skips checks that mail from outside gets.',
};
