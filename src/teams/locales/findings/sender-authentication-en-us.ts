import type { SenderAuthenticationStatements } from '../../../incident/model/statements/sender-authentication.ts';
import type { StatementSentences } from './finding-texts.ts';

const listed = ({ domains, count }: { readonly domains: readonly string[]; readonly count: number }) =>
  count > domains.length ? `${domains.join(', ')} and ${count - domains.length} more` : domains.join(', ');

export const senderAuthenticationEnUs: StatementSentences<keyof SenderAuthenticationStatements> = {
  authenticated: (of) => `SPF, DKIM and DMARC are in place for ${listed(of)}.`,
  authenticated_without_dkim: (of) =>
    `SPF and DMARC are in place, but DKIM signing could not be verified: ${listed(of)}.`,
  no_domains_known: () => 'Not checked: which domains send through it is not known.',
  only_foreign_domains: (of) => `Not checked: its mail is of domains that are not this tenant’s: ${listed(of)}.`,
  spf_missing: (of) => `No SPF record: ${listed(of)}.`,
  spf_invalid: ({ domain, reason }) => `The SPF record of ${domain} is invalid, so receivers ignore it (${reason}).`,
  spf_unread: (of) => `SPF not checked for ${listed(of)} (${of.reason}).`,
  spf_without_server: ({ domain, address, result }) =>
    `The SPF record of ${domain} does not name the sending server ${address} (${result}).`,
  spf_without_exchange: (of) =>
    `SPF does not name Exchange Online, from where relayed mail leaves: ${listed(of)}. Add include:${of.include}.`,
  spf_sends_nothing: (of) =>
    `SPF says that these domains send no mail at all (v=spf1 -all): ${listed(of)}. Their mail is forged, or the record is wrong.`,
  spf_allows_anyone: (of) => `SPF lets any server on the internet send: ${listed(of)}.`,
  dkim_off: (of) => `DKIM signing is off in Exchange Online: ${listed(of)}.`,
  dkim_keys_missing: (of) =>
    `Exchange Online signs with DKIM, but the CNAME records of its keys are missing in DNS: ${listed(of)}.`,
  dmarc_missing: (of) => `No valid DMARC record: ${listed(of)}.`,
  dmarc_only_monitors: (of) => `DMARC only monitors (policy “none”): ${listed(of)}.`,
  dmarc_unread: (of) => `DMARC not checked for ${listed(of)} (${of.reason}).`,
  dmarc_fails: (of) =>
    `Mail leaving Exchange Online fails DMARC (policy “${of.policy}”), because neither SPF nor DKIM aligns: ${listed(of)}.`,
};
