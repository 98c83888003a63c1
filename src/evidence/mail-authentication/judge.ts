import type { Statement, Statements } from '../../incident/model/finding.ts';
import { orElse } from '../statements.ts';
import type { DomainFacts } from './domain-facts.ts';
import type { ExchangeSpf } from './exchange-spf.ts';

export type AuthenticationFacts = {
  readonly domains: readonly DomainFacts[];
  /** The sending domains that are not the tenant's, which are not looked up. */
  readonly foreign: readonly string[];
  readonly exchange: ExchangeSpf;
};

const MAX_NAMED = 4;

/** Pure. A domain whose lookup failed is `unknown` for that lookup, and no other statement is derived from it. */
export function judgeAuthentication({ domains, foreign, exchange }: AuthenticationFacts): Statements {
  const active = domains.filter(({ sends, stranger }) => sends || !stranger.sendsNothing);
  if (active.length === 0) return [nothingToCheck(foreign)];
  const found = [...spfStatements(active, exchange), ...dkimStatements(active), ...dmarcStatements(active)];
  return orElse(found, inPlace(active));
}

function nothingToCheck(foreign: readonly string[]): Statement {
  if (foreign.length === 0) return { kind: 'no_domains_known', verdict: 'unknown', values: {} };
  const values = { domains: foreign.slice(0, MAX_NAMED), count: foreign.length };
  return { kind: 'only_foreign_domains', verdict: 'unknown', values };
}

/** Claims DKIM only where it is known that Exchange Online signs for every domain. */
function inPlace(domains: readonly DomainFacts[]): Statement {
  const unsigned = domains.filter(({ signing }) => signing !== 'on');
  if (unsigned.length === 0) return { kind: 'authenticated', verdict: 'good', values: named(domains) };
  return { kind: 'authenticated_without_dkim', verdict: 'unknown', values: named(unsigned) };
}

function spfStatements(domains: readonly DomainFacts[], { include }: ExchangeSpf): readonly Statement[] {
  const having = (result: string) => domains.filter(({ stranger }) => stranger.result === result);
  const readable = domains.filter(({ stranger }) => !UNREADABLE.has(stranger.result));
  const open = having('pass');
  const silent = readable.filter(({ stranger }) => stranger.sendsNothing);
  const without = readable.filter((it) => !it.namesExchange && it.stranger.result !== 'pass' && !silent.includes(it));
  return [
    ...grouped(open, (values) => ({ kind: 'spf_allows_anyone', verdict: 'bad', values })),
    ...domains.flatMap(invalid),
    ...grouped(silent, (values) => ({ kind: 'spf_sends_nothing', verdict: 'concern', values })),
    ...grouped(having('none'), (values) => ({ kind: 'spf_missing', verdict: 'concern', values })),
    ...grouped(without, (values) => ({
      kind: 'spf_without_exchange',
      verdict: 'concern',
      values: { ...values, include },
    })),
    ...readable.filter((it) => !silent.includes(it)).flatMap(withoutServer),
    ...unread(domains),
  ];
}

const UNREADABLE: ReadonlySet<string> = new Set(['none', 'temperror', 'permerror']);

/** Reports a record that is invalid for any of the addresses: which lookups a receiver makes depends on the address. */
function invalid({ domain, stranger, servers }: DomainFacts): readonly Statement[] {
  const answers = [stranger, ...servers.map(({ answer }) => answer)];
  const fault = answers.find(({ result }) => result === 'permerror');
  if (fault === undefined) return [];
  return [{ kind: 'spf_invalid', verdict: 'concern', values: { domain, reason: fault.reason ?? 'permerror' } }];
}

/** Reports the first address that the record does not name; one example is enough. */
function withoutServer({ domain, servers }: DomainFacts): readonly Statement[] {
  const other = servers.find(({ answer }) => NOT_NAMED.has(answer.result));
  if (other === undefined) return [];
  const { address, answer } = other;
  return [{ kind: 'spf_without_server', verdict: 'concern', values: { domain, address, result: answer.result } }];
}

const NOT_NAMED: ReadonlySet<string> = new Set(['fail', 'softfail', 'neutral']);

/** Reports domains with a failed lookup, even if the lookups of other addresses succeeded. */
function unread(domains: readonly DomainFacts[]): readonly Statement[] {
  const answersOf = ({ stranger, servers }: DomainFacts) => [stranger, ...servers.map(({ answer }) => answer)];
  const isUnread = (facts: DomainFacts) => answersOf(facts).some(({ result }) => result === 'temperror');
  const [first] = domains.flatMap(answersOf).filter(({ result }) => result === 'temperror');
  const reason = first?.reason ?? 'DNS did not answer';
  return grouped(domains.filter(isUnread), (values) => ({
    kind: 'spf_unread',
    verdict: 'unknown',
    values: { ...values, reason },
  }));
}

function dkimStatements(domains: readonly DomainFacts[]): readonly Statement[] {
  const off = domains.filter(({ signing }) => signing === 'off');
  const withoutKeys = domains.filter(({ signing }) => signing === 'keys_missing');
  return [
    ...grouped(off, (values) => ({ kind: 'dkim_off', verdict: 'concern', values })),
    ...grouped(withoutKeys, (values) => ({ kind: 'dkim_keys_missing', verdict: 'concern', values })),
  ];
}

function dmarcStatements(domains: readonly DomainFacts[]): readonly Statement[] {
  const missing = domains.filter(({ dmarc }) => dmarc.kind === 'missing');
  const monitored = domains.filter(({ dmarc }) => dmarc.kind === 'policy' && dmarc.policy === 'none');
  const failing = domains.filter(fails);
  const policy = failing.flatMap(({ dmarc }) => (dmarc.kind === 'policy' ? [dmarc.policy] : []))[0] ?? '';
  const unanswered = domains.filter(({ dmarc }) => dmarc.kind === 'unread');
  const reason = unanswered.flatMap(({ dmarc }) => (dmarc.kind === 'unread' ? [dmarc.reason] : []))[0] ?? '';
  return [
    ...grouped(failing, (values) => ({ kind: 'dmarc_fails', verdict: 'concern', values: { ...values, policy } })),
    ...grouped(missing, (values) => ({ kind: 'dmarc_missing', verdict: 'concern', values })),
    ...grouped(monitored, (values) => ({ kind: 'dmarc_only_monitors', verdict: 'concern', values })),
    ...grouped(unanswered, (values) => ({ kind: 'dmarc_unread', verdict: 'unknown', values: { ...values, reason } })),
  ];
}

/** Reports a failure only where the results of both SPF and DKIM are known and neither aligns. */
function fails({ dmarc, signing, stranger }: DomainFacts): boolean {
  if (dmarc.kind !== 'policy' || dmarc.policy === 'none' || dmarc.aligned) return false;
  return signing !== 'unknown' && stranger.result !== 'temperror';
}

type Named = { readonly domains: readonly string[]; readonly count: number };

function grouped(domains: readonly DomainFacts[], toStatement: (values: Named) => Statement): readonly Statement[] {
  return domains.length === 0 ? [] : [toStatement(named(domains))];
}

function named(domains: readonly DomainFacts[]): Named {
  return { domains: domains.slice(0, MAX_NAMED).map(({ domain }) => domain), count: domains.length };
}
