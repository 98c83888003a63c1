import { dnsName } from '../../dns/dns-name.ts';
import type { Dns } from '../../dns/resolver.ts';
import type { Reading } from '../../incident/model/observation.ts';
import { type AcceptedDomain, covers, type ListAcceptedDomains } from '../../microsoft/exchange/accepted-domains.ts';
import type { DkimSigning, ListDkimSigning } from '../../microsoft/exchange/dkim-signing.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { rangesOf, settingsOf } from '../connector-settings.ts';
import { readDomainFacts, type Signing } from '../mail-authentication/domain-facts.ts';
import type { ExchangeSpf } from '../mail-authentication/exchange-spf.ts';
import { judgeAuthentication } from '../mail-authentication/judge.ts';
import { attempt, distinct } from '../statements.ts';
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
const MAX_ADDRESSES = 4;

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
      const addresses = sendingAddresses(subject, seen);
      const domains = await Promise.all(
        sendingDomains(subject, seen, accepted.value).map((domain) => {
          const question = { domain, addresses, signing: signingOf(domain, known), exchange: clients.exchange };
          return readDomainFacts(clients.dns, question);
        }),
      );
      const missing = distinct([...accepted.missing, ...signing.missing]);
      return { facts: { domains, exchange: clients.exchange }, missing };
    },
    judge: judgeAuthentication,
  });
}

/** Returns the domains seen to send, else the connector's configured sender domains, else the tenant's accepted domains. */
function sendingDomains(subject: Subject, seen: MailSeen, accepted: Reading<AcceptedDomain> | null): readonly string[] {
  const configured = settingsOf(subject.configuration).senderDomains;
  const lists = [seen.domains, configured, accepted?.items.map(({ domain }) => domain) ?? []];
  const names = lists.map((list) => list.map(dnsName).filter((name) => name !== null));
  return (names.find((list) => list.length > 0) ?? []).slice(0, MAX_DOMAINS);
}

function sendingAddresses({ configuration }: Subject, seen: MailSeen): readonly string[] {
  const ranges = rangesOf(configuration);
  const listed = ranges.flatMap(({ single, isPublic }) => (single !== null && isPublic ? [single] : []));
  return (seen.addresses.length > 0 ? seen.addresses : listed).slice(0, MAX_ADDRESSES);
}

type Known = {
  readonly accepted: Reading<AcceptedDomain> | null;
  readonly signing: Reading<DkimSigning> | null;
};

/** A domain without DKIM settings of its own is signed with a key of the tenant's initial domain (Microsoft Learn: Set up DKIM). */
function signingOf(domain: string, { accepted, signing }: Known): Signing {
  if (accepted === null || signing === null || !accepted.complete || !signing.complete) return 'unknown';
  const own = signing.items.find((row) => row.domain === domain);
  if (own !== undefined) return own.enabled ? 'on' : 'off';
  return accepted.items.some((one) => covers(one, domain)) ? 'off' : 'not_accepted';
}
