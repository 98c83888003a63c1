import { dnsName } from '../../dns/dns-name.ts';
import type { Dns } from '../../dns/resolver.ts';
import type { Statement } from '../../incident/model/finding.ts';
import type { Reading } from '../../incident/model/observation.ts';
import { type AcceptedDomain, covers, type ListAcceptedDomains } from '../../microsoft/exchange/accepted-domains.ts';
import type { DkimSigning, ListDkimSigning } from '../../microsoft/exchange/dkim-signing.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { rangesOf, settingsOf } from '../connector-settings.ts';
import { readDomainFacts, type Signing } from '../mail-authentication/domain-facts.ts';
import type { ExchangeSpf } from '../mail-authentication/exchange-spf.ts';
import { judgeAuthentication } from '../mail-authentication/judge.ts';
import { type Attempt, attempt, distinct, incomplete, lookedUp } from '../statements.ts';
import type { Subject } from '../subject.ts';
import type { MailSeen, ReadMailSeen } from '../traffic/mail-seen.ts';

type Clients = {
  readonly dns: Pick<Dns, 'raw'>;
  readonly readMailSeen: ReadMailSeen;
  readonly listAcceptedDomains: ListAcceptedDomains;
  readonly listDkimSigning: ListDkimSigning;
  readonly exchange: ExchangeSpf;
};

/** Limits the lookups: only the domains with the most mail are checked, and each takes up to a dozen lookups per address. */
const MAX_DOMAINS = 8;
const MAX_ADDRESSES = 10;

/** Judges SPF, DKIM and DMARC of the sending domains, for the connected server and for Exchange Online, which relays the mail. */
export function createSenderAuthenticationCheck(clients: Clients): RunnableCheck {
  return createCheck({
    check: 'sender_authentication',
    timeoutMs: 30_000,
    source: 'dns',
    async read(subject, run) {
      const [seen, accepted, signing] = await Promise.all([
        clients.readMailSeen(subject, run),
        attempt('exchange', clients.listAcceptedDomains(run.signal)),
        attempt('exchange', clients.listDkimSigning(run.signal)),
      ]);
      const known = { accepted: accepted.value, signing: signing.value };
      const servers = sendingAddresses(subject, seen);
      const addresses = servers.slice(0, MAX_ADDRESSES);
      const { names, foreign, sends } = sendingDomains(subject, seen, accepted.value);
      const domains = await Promise.all(
        names.slice(0, MAX_DOMAINS).map((domain) => {
          const question = { domain, sends, addresses, signing: signingOf(domain, known), exchange: clients.exchange };
          return readDomainFacts(clients.dns, question);
        }),
      );
      const left = [
        ...lookedUp('domains', MAX_DOMAINS, names.length),
        ...lookedUp('addresses', MAX_ADDRESSES, servers.length),
      ];
      const missing = distinct([...unread(accepted), ...unread(signing), ...left]);
      return { facts: { domains, foreign, exchange: clients.exchange }, missing };
    },
    judge: judgeAuthentication,
  });
}

function unread({ value, missing }: Attempt<Reading<unknown>>): readonly Statement[] {
  return value === null ? missing : incomplete(value, 'exchange');
}

/**
 * Returns the domains seen to send, else the connector's configured sender domains, without those of others, whose records the
 * tenant cannot change. Where there are neither, returns the tenant's accepted domains, which need not send, without Microsoft's own.
 */
function sendingDomains(subject: Subject, seen: MailSeen, accepted: Reading<AcceptedDomain> | null) {
  const configured = settingsOf(subject.configuration).senderDomains.map((domain) => domain.replace(/^\*\./, ''));
  const [sending = []] = [seen.domains, configured].map(namesIn).filter((list) => list.length > 0);
  if (sending.length > 0) {
    const own = accepted?.complete === true ? sending.filter((name) => isOwn(name, accepted.items)) : sending;
    return { names: own, foreign: sending.filter((name) => !own.includes(name)), sends: true };
  }
  const ours = namesIn(accepted?.items.map(({ domain }) => domain) ?? []);
  return { names: ours.filter((name) => !OF_MICROSOFT.test(name)), foreign: [], sends: false };
}

/** Whether the tenant owns the domain, even if Exchange accepts no mail for this subdomain. */
function isOwn(name: string, accepted: readonly AcceptedDomain[]): boolean {
  return accepted.some(({ domain }) => covers({ domain, withSubdomains: true }, name));
}

function namesIn(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map(dnsName).filter((name) => name !== null))];
}

function sendingAddresses({ configuration }: Subject, seen: MailSeen): readonly string[] {
  const ranges = rangesOf(configuration);
  const listed = ranges.flatMap(({ single, isPublic }) => (single !== null && isPublic ? [single] : []));
  return seen.addresses.length > 0 ? seen.addresses : listed;
}

type Known = {
  readonly accepted: Reading<AcceptedDomain> | null;
  readonly signing: Reading<DkimSigning> | null;
};

/** The domains that Microsoft gives to every tenant, such as contoso.onmicrosoft.com and contoso.mail.onmicrosoft.com. */
const OF_MICROSOFT = /\.(onmicrosoft\.(com|us|de)|partner\.onmschina\.cn)$/;
/** The initial domain, whose mail is signed although Get-DkimSigningConfig does not list it (Microsoft Learn: Set up DKIM). */
const INITIAL = /^[^.]+\.(onmicrosoft\.(com|us|de)|partner\.onmschina\.cn)$/;

/** A domain without DKIM settings of its own is signed with a key of the tenant's initial domain (Microsoft Learn: Set up DKIM). */
function signingOf(domain: string, { accepted, signing }: Known): Signing {
  if (accepted === null || signing === null || !accepted.complete || !signing.complete) return 'unknown';
  const own = signing.items.find((row) => row.domain === domain);
  if (own?.enabled === true) return own.keysMissing ? 'keys_missing' : 'on';
  if (own !== undefined) return 'off';
  if (!accepted.items.some((one) => covers(one, domain))) return 'not_accepted';
  return INITIAL.test(domain) ? 'on' : 'off';
}
