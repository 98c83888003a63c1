import assert from 'node:assert/strict';
import { finding, type Statement } from '../../../src/incident/model/finding.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { filterLines } from '../../../src/teams/cards/forms/filter-lines.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

type Found = Pick<Incident, 'findings'>;

const senders = (first: Statement, ...more: readonly Statement[]): Found => {
  return { findings: [finding('senders', [first, ...more], T0)] };
};
const withDomains = (...SenderDomains: readonly string[]) => {
  return {
    connector: {
      ...CONNECTOR,
      configuration: { ...CONNECTOR.configuration, SenderIPAddresses: ['192.0.2.10'], SenderDomains },
    },
  };
};
const traced = (changes: Partial<Incident>, locale: 'en-US' | 'ja-JP' = 'en-US') =>
  filterLines('traffic_reviewed', { ...restricted(), ...changes }, locale).map(({ value }) => value);

describe('what to choose and paste in a page that a recommendation opens', () => {
  const incident = {
    ...restricted(),
    connector: { ...CONNECTOR, name: 'Relay {{DATE(2026-01-01T00:00:00Z)}} <b>' },
    findings: [
      finding(
        'accounts',
        [{ kind: 'account_disabled', verdict: 'concern', values: { account: 'erik@x.example' } }],
        T0,
      ),
    ],
  };

  it('is the connector and the account, as text that nothing carries out', () => {
    assert.equal(
      filterLines('changes_reviewed', incident, 'en-US')[0]?.value,
      'Relay {\u200b{DATE(2026-01-01T00:00:00Z)}} <b>',
    );
    assert.equal(filterLines('admins_secured', incident, 'en-US')[0]?.value, 'erik@x.example');
  });

  it('is left out where nothing is known', () => {
    const unknown = { ...restricted(), connector: null, findings: [] };
    for (const id of ['traffic_reviewed', 'changes_reviewed', 'admins_secured'] as const)
      assert.deepEqual(filterLines(id, unknown, 'ja-JP'), []);
  });
});

describe('what to choose in message trace', () => {
  it('is each domain of the mail as a sender, those that should not be there first, and never an address', () => {
    const found = senders(
      { kind: 'new_sender_domains', verdict: 'concern', values: { ...named('New.example', 'evil.example'), days: 30 } },
      { kind: 'unregistered_domains', verdict: 'bad', values: { ...named('evil.example'), percent: 60 } },
      {
        ...{ kind: 'mismatched_senders', verdict: 'concern' },
        values: { pairs: ['bounce.example / contoso.example'], messages: 9, percent: 50 },
      },
    );
    const [explanation, ...lines] = traced({ ...withDomains('smtp:contoso.example;1'), ...found });
    assert.match(explanation ?? '', /filtering by IP takes hours\. Paste one line as the sender.*“Filtered as spam”:/);
    assert.deepEqual(lines, ['*@evil.example', '*@new.example', '*@bounce.example']);
  });

  it('is the domains of the settings where those of the mail are not known', () => {
    const found = senders({ kind: 'no_senders_seen', verdict: 'unknown', values: { since: T0 } });
    const [, ...lines] = traced({ ...withDomains('smtp:contoso.example;1', 'SMTP:Mail.contoso.example;5'), ...found });
    assert.deepEqual(lines, ['*@contoso.example', '*@mail.contoso.example']);
  });

  it('is every sender where no single domain is known, in both languages', () => {
    const any = withDomains('smtp:*;1', 'smtp:*.contoso.example;1');
    assert.match(traced(any).join('|'), /^In message trace, [^|]*Leave the senders at “All”[^|]*$/);
    assert.match(traced(any, 'ja-JP').join('|'), /^メッセージ追跡では[^|]*「すべて」のまま[^|]*$/);
  });

  it('is at most six domains', () => {
    const domains = Array.from({ length: 9 }, (_, index) => `smtp:d${index}.example;1`);
    assert.equal(traced(withDomains(...domains)).length, 1 + 6);
  });

  it('never cuts a domain, which would be pasted wrong', () => {
    const longest = `${'a'.repeat(61)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(60)}.xy`;
    assert.equal(longest.length, 253);
    assert.deepEqual(traced(withDomains(`smtp:${longest};1`)).slice(1), [`*@${longest}`]);
  });
});

function named(...domains: readonly string[]) {
  return { domains, count: domains.length, messages: 10 };
}
