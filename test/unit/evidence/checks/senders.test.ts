import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSendersCheck, judgeSenders } from '../../../../src/evidence/checks/senders.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import { finding, VERDICTS } from '../../../../src/incident/model/finding.ts';
import type { SenderDomains } from '../../../../src/incident/model/traffic.ts';
import type { AcceptedDomain } from '../../../../src/microsoft/exchange/accepted-domains.ts';
import { WITHOUT_INCIDENT } from '../subjects.ts';
import { NOW, RECENT_FROM, trafficFacts } from '../traffic/traffic-facts.ts';

const OURS: readonly AcceptedDomain[] = [
  { domain: 'contoso.example', withSubdomains: false },
  { domain: 'fabrikam.example', withSubdomains: true },
];
const OLD = NOW - 20 * DAY_MS;

function sender(envelope: string, from: string | null, messages: number, firstAt = OLD): SenderDomains {
  return { envelope, from, messages, judged: 0, firstAt };
}

function judge(senders: readonly SenderDomains[], options: Parameters<typeof trafficFacts>[0] = {}, accepted = OURS) {
  const seen = senders.flatMap(({ envelope, from, firstAt }) =>
    [envelope, from ?? ''].map((value) => ({ value, firstAt })),
  );
  const facts = trafficFacts({ ...options, reading: { ...options.reading, senders }, known: { senders: seen } });
  return judgeSenders({ traffic: facts, accepted });
}

describe('the check of senders', () => {
  it('finds mail of accepted domains good', () => {
    const statements = judge([
      sender('contoso.example', 'contoso.example', 90),
      sender('a.fabrikam.example', 'fabrikam.example', 9),
    ]);
    assert.deepEqual(statements, [
      {
        kind: 'registered_senders',
        verdict: 'good',
        values: { domains: ['contoso.example', 'a.fabrikam.example', 'fabrikam.example'], count: 3 },
      },
    ]);
  });

  it('finds mail of other domains, and finds it bad from a fifth of all mail on', () => {
    const ours = sender('contoso.example', 'contoso.example', 80);
    const [statement] = judge([ours, sender('spam.example', 'contoso.example', 20)]);
    assert.deepEqual(statement, {
      kind: 'unregistered_domains',
      verdict: 'bad',
      values: { domains: ['spam.example'], count: 1, messages: 20, percent: 20 },
    });
    assert.equal(judge([ours, sender('spam.example', 'spam.example', 19)])[0].verdict, 'concern');
  });

  it('counts a subdomain as accepted only where Exchange accepts subdomains', () => {
    assert.equal(judge([sender('a.contoso.example', null, 100)])[0].kind, 'unregistered_domains');
    assert.equal(judge([sender('a.fabrikam.example', null, 100)])[0].kind, 'registered_senders');
    assert.equal(judge([sender('notfabrikam.example', null, 100)])[0].kind, 'unregistered_domains');
  });

  it('finds envelopes that differ from the From header, but not for a subdomain of it', () => {
    const both = [
      sender('bounce.fabrikam.example', 'fabrikam.example', 50),
      sender('contoso.example', 'fabrikam.example', 50),
    ];
    assert.deepEqual(judge(both), [
      {
        kind: 'mismatched_senders',
        verdict: 'concern',
        values: { pairs: ['contoso.example / fabrikam.example'], messages: 50, percent: 50 },
      },
    ]);
  });

  it('finds new domains once the connector’s past is known for a week', () => {
    const senders = [sender('contoso.example', null, 50), sender('fabrikam.example', null, 50, NOW - HOUR_MS)];
    assert.deepEqual(judge(senders), [
      {
        kind: 'new_sender_domains',
        verdict: 'concern',
        values: { domains: ['fabrikam.example'], count: 1, messages: 50, days: 28 },
      },
    ]);
    assert.equal(judge(senders, { knownFrom: RECENT_FROM - 6 * DAY_MS })[0].kind, 'registered_senders');
  });

  it('is never good from message trace, which has no From header', () => {
    const statements = judge([sender('contoso.example', null, 50)], { reading: { source: 'trace' } });
    assert.deepEqual(statements, [{ kind: 'from_not_in_trace', verdict: 'unknown', values: {} }]);
  });

  it('leaves bounces out, which have no sender', () => {
    assert.equal(judge([sender('', '', 50)])[0].kind, 'no_senders_seen');
    assert.equal(judge([sender('', 'contoso.example', 50)])[0].kind, 'registered_senders');
  });

  it('treats no domain as accepted or foreign when the accepted domains could not be read', () => {
    const traffic = trafficFacts({ reading: { senders: [sender('spam.example', 'spam.example', 50, OLD)] } });
    const known = { ...traffic, known: { ...traffic.known, senders: [{ value: 'spam.example', firstAt: OLD }] } };
    assert.deepEqual(judgeSenders({ traffic: known, accepted: null }), [
      { kind: 'senders_not_compared', verdict: 'unknown', values: { domains: ['spam.example'], count: 1 } },
    ]);
  });

  it('accuses no domain, and acquits none, when only a part of the accepted domains was read', async () => {
    const senders = [sender('contoso.example', 'contoso.example', 50), sender('fabrikam.example', null, 50)];
    const seen = ['contoso.example', 'fabrikam.example'].map((value) => ({ value, firstAt: OLD }));
    const traffic = trafficFacts({ reading: { senders }, known: { senders: seen } });
    const partial = { items: OURS.slice(0, 1), complete: false, reason: 'Exchange has more rows than it sent' };
    const check = createSendersCheck(
      async () => traffic,
      async () => partial,
    );
    const statements = await check.run(WITHOUT_INCIDENT, { at: NOW, signal: AbortSignal.timeout(5_000) });
    assert.deepEqual(
      statements.map(({ kind, verdict }) => `${kind} ${verdict}`),
      ['senders_not_compared unknown', 'incomplete unknown'],
    );
  });

  it('never improves with more mail of foreign domains', () => {
    const domain = fc.constantFrom('contoso.example', 'fabrikam.example', 'spam.example', 'phish.example');
    const one = fc.record({ envelope: domain, from: domain, messages: fc.integer({ min: 1, max: 200 }) });
    const rank = (senders: readonly SenderDomains[]) =>
      VERDICTS.indexOf(finding('senders', judge(senders), NOW).verdict);
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (before, more) => {
        const senders = before.map(({ envelope, from, messages }) => sender(envelope, from, messages));
        assert.ok(rank([...senders, sender('spam.example', 'spam.example', more)]) >= rank(senders));
      }),
    );
  });
});
