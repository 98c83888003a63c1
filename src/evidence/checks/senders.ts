import type { Statement, Statements } from '../../incident/model/finding.ts';
import { domainsOf, type SenderDomains, totalOf } from '../../incident/model/traffic.ts';
import { type AcceptedDomain, covers, type ListAcceptedDomains } from '../../microsoft/exchange/accepted-domains.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { attempt, incomplete, orElse } from '../statements.ts';
import {
  partsMissing,
  type ReadFacts,
  type ReadTraffic,
  seenBefore,
  TRAFFIC_TIMEOUT_MS,
  type TrafficFacts,
} from '../traffic/read-traffic.ts';

export type SendersFacts = {
  readonly traffic: TrafficFacts;
  /** The tenant's accepted domains; null when not all of them could be read. */
  readonly accepted: readonly AcceptedDomain[] | null;
};

const MAX_NAMED = 5;
const BAD_PERCENT = 20;
const BAD_MESSAGES = 20;
const MISMATCH_PERCENT = 10;

/** Judges the sender domains of a connector's mail: whether they are the tenant's, and whether envelope and From header agree. */
export function createSendersCheck(readTraffic: ReadTraffic, listAcceptedDomains: ListAcceptedDomains): RunnableCheck {
  return createCheck({
    check: 'senders',
    timeoutMs: TRAFFIC_TIMEOUT_MS,
    source: 'hunting',
    async read(subject, run) {
      const [traffic, domains] = await Promise.all([
        readTraffic(subject, run),
        attempt('exchange', listAcceptedDomains(run.signal)),
      ]);
      const partial = domains.value === null ? [] : incomplete(domains.value, 'exchange');
      const facts = { traffic, accepted: domains.value?.complete === true ? domains.value.items : null };
      return { facts, missing: [...partsMissing(traffic), ...domains.missing, ...partial] };
    },
    judge: judgeSenders,
  });
}

/** Pure. */
export function judgeSenders({ traffic, accepted }: SendersFacts): Statements {
  if (traffic.kind === 'unread') return traffic.reasons;
  const { reading } = traffic;
  const senders = reading.senders.filter((sender) => sender.messages > 0 && domainsOf(sender).length > 0);
  if (senders.length === 0)
    return [{ kind: 'no_senders_seen', verdict: 'unknown', values: { since: reading.recentFrom } }];
  const found = [
    ...(accepted === null ? [] : unregistered(senders, accepted)),
    ...mismatched(senders),
    ...newDomains(traffic, senders),
    ...(reading.source === 'trace' ? [FROM_NOT_IN_TRACE] : []),
  ];
  return orElse(found, accepted === null ? unjudged(senders) : registered(senders));
}

const FROM_NOT_IN_TRACE: Statement = { kind: 'from_not_in_trace', verdict: 'unknown', values: {} };

function unregistered(senders: readonly SenderDomains[], accepted: readonly AcceptedDomain[]): readonly Statement[] {
  const isForeign = (domain: string) => !accepted.some((one) => covers(one, domain));
  const foreign = senders.filter((sender) => domainsOf(sender).some(isForeign));
  if (foreign.length === 0) return [];
  const { messages } = totalOf(foreign);
  const percent = percentOf(messages, senders);
  const domains = [...new Set(foreign.flatMap(domainsOf).filter(isForeign))];
  const verdict = messages >= BAD_MESSAGES && percent >= BAD_PERCENT ? 'bad' : 'concern';
  return [{ kind: 'unregistered_domains', verdict, values: { ...named(domains), messages, percent } }];
}

function mismatched(senders: readonly SenderDomains[]): readonly Statement[] {
  const both = senders.filter(({ envelope, from }) => envelope !== '' && (from ?? '') !== '');
  const differing = both.filter(({ envelope, from }) => from !== null && !isAligned(envelope, from));
  const { messages } = totalOf(differing);
  const percent = percentOf(messages, both);
  if (messages === 0 || percent < MISMATCH_PERCENT) return [];
  const pairs = differing.slice(0, MAX_NAMED).map(({ envelope, from }) => `${envelope} / ${from}`);
  return [{ kind: 'mismatched_senders', verdict: 'concern', values: { pairs, messages, percent } }];
}

function newDomains(facts: ReadFacts, senders: readonly SenderDomains[]): readonly Statement[] {
  const before = seenBefore(facts, 'senders');
  if (before === null) return [];
  const isNew = (domain: string) => !before.values.has(domain);
  const fresh = senders.filter((sender) => domainsOf(sender).some(isNew));
  if (fresh.length === 0) return [];
  const domains = [...new Set(fresh.flatMap(domainsOf).filter(isNew))];
  const { messages } = totalOf(fresh);
  return [
    { kind: 'new_sender_domains', verdict: 'concern', values: { ...named(domains), messages, days: before.days } },
  ];
}

function registered(senders: readonly SenderDomains[]): Statement {
  return { kind: 'registered_senders', verdict: 'good', values: named([...new Set(senders.flatMap(domainsOf))]) };
}

/** The statement for domains of which it is not known whether they are the tenant's. */
function unjudged(senders: readonly SenderDomains[]): Statement {
  return { kind: 'senders_not_compared', verdict: 'unknown', values: named([...new Set(senders.flatMap(domainsOf))]) };
}

/** Whether the domains are the same or one is a subdomain of the other, as with a mailing server's bounce domain. */
function isAligned(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

function named(domains: readonly string[]) {
  return { domains: domains.slice(0, MAX_NAMED), count: domains.length };
}

function percentOf(messages: number, all: readonly SenderDomains[]): number {
  const total = totalOf(all).messages;
  return total === 0 ? 0 : Math.floor((100 * messages) / total);
}
