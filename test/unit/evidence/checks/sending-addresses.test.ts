import assert from 'node:assert/strict';
import type { ReverseName } from '../../../../src/dns/reverse-name.ts';
import {
  createSendingAddressesCheck,
  judgeSendingAddresses,
} from '../../../../src/evidence/checks/sending-addresses.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import { UpstreamError } from '../../../../src/shared/errors.ts';
import { NOW, trafficFacts } from '../traffic/traffic-facts.ts';

const SERVER = '192.0.2.10';
const OLD = NOW - 20 * DAY_MS;
const SENT = { address: SERVER, messages: 5, judged: 0, firstAt: OLD };
const LISTED = { SenderIPAddresses: ['192.0.2.8/29'] };

type Sent = { readonly address?: string; readonly messages?: number; readonly firstAt?: number };

function judge(
  sent: readonly Sent[],
  names: readonly ReverseName[] = [],
  configuration: Configuration | null = LISTED,
) {
  const addresses = sent.map((one) => ({ ...SENT, ...one }));
  const seen = addresses.map(({ address, firstAt }) => ({ value: address, firstAt }));
  const traffic = trafficFacts({ reading: { addresses }, known: { addresses: seen } });
  return judgeSendingAddresses({ traffic, names }, { configuration });
}

describe('the check of sending addresses', () => {
  it('finds listed addresses that sent before good', () => {
    const names = [{ address: SERVER, names: ['relay.contoso.example'], matches: true }];
    assert.deepEqual(judge([{}], names), [
      { kind: 'expected_addresses', verdict: 'good', values: { addresses: [SERVER], count: 1 } },
    ]);
  });

  it('finds an address that the connector does not list', () => {
    const [statement] = judge([{}, { address: '198.51.100.77', messages: 7 }]);
    assert.deepEqual(statement, {
      kind: 'unlisted_addresses',
      verdict: 'bad',
      values: { addresses: ['198.51.100.77'], count: 1, messages: 7 },
    });
  });

  it('reports no unlisted address when the connector lists none or could not be read', () => {
    const elsewhere = [{ address: '198.51.100.77' }];
    assert.equal(judge(elsewhere, [], { SenderIPAddresses: [] })[0].kind, 'expected_addresses');
    assert.deepEqual(
      judge(elsewhere, [], null).map(({ kind, verdict }) => `${kind} ${verdict}`),
      ['expected_addresses good', 'configuration_unread unknown'],
    );
  });

  it('reports no unlisted address of a partner’s connector that does not restrict its domains to the listed ones', () => {
    const partner = { ...LISTED, ConnectorType: 'Partner' };
    const elsewhere = [{ address: '198.51.100.77' }];
    assert.equal(judge(elsewhere, [], partner)[0].kind, 'expected_addresses');
    assert.equal(judge(elsewhere, [], { ...partner, RestrictDomainsToIPAddresses: true })[0].verdict, 'bad');
  });

  it('is not good when there is neither a list nor a past to compare with', () => {
    const facts = trafficFacts({
      knownFrom: NOW - 5 * DAY_MS,
      reading: { addresses: [{ ...SENT, firstAt: NOW - DAY_MS }] },
    });
    const settings = { configuration: { TlsSenderCertificateName: 'relay.contoso.example' } };
    assert.deepEqual(judgeSendingAddresses({ traffic: facts, names: [] }, settings), [
      {
        kind: 'addresses_not_compared',
        verdict: 'unknown',
        values: { addresses: [SERVER], count: 1, source: 'hunting' },
      },
    ]);
  });

  it('is not good from message trace, which searches for listed addresses alone', () => {
    const traffic = trafficFacts({
      reading: { source: 'trace', addresses: [SENT] },
      known: { addresses: [{ value: SERVER, firstAt: OLD }] },
    });
    const [statement] = judgeSendingAddresses({ traffic, names: [] }, { configuration: LISTED });
    assert.deepEqual([statement.kind, statement.verdict], ['addresses_not_compared', 'unknown']);
  });

  it('finds an unlisted address only a concern with enhanced filtering, which reports an earlier server', () => {
    const elsewhere = [{ address: '198.51.100.77' }];
    for (const filtering of [{ EFSkipLastIP: true }, { EFSkipIPs: ['192.0.2.8/29'] }])
      assert.equal(judge(elsewhere, [], { ...LISTED, ...filtering })[0].verdict, 'concern');
    assert.equal(judge(elsewhere, [], { ...LISTED, EFSkipLastIP: false, EFSkipIPs: [] })[0].verdict, 'bad');
  });

  it('finds a listed address that never sent before', () => {
    assert.deepEqual(judge([{}, { address: '192.0.2.11', messages: 9, firstAt: NOW - HOUR_MS }]), [
      {
        kind: 'new_addresses',
        verdict: 'concern',
        values: { addresses: ['192.0.2.11'], count: 1, days: 28, messages: 9 },
      },
    ]);
  });

  it('finds an address without a name, and one whose name resolves elsewhere', () => {
    assert.deepEqual(judge([{}], [{ address: SERVER, names: [], matches: false }])[0].kind, 'no_reverse_name');
    const [statement] = judge([{}], [{ address: SERVER, names: ['other.example'], matches: false }]);
    assert.deepEqual(statement, {
      kind: 'reverse_name_differs',
      verdict: 'concern',
      values: { addresses: [SERVER], count: 1, name: 'other.example' },
    });
  });

  it('names each name that does not resolve back with its own addresses', () => {
    const names = [
      { address: SERVER, names: ['one.example'], matches: false },
      { address: '192.0.2.11', names: ['two.example'], matches: false },
    ];
    assert.deepEqual(
      judge([{}, { address: '192.0.2.11' }], names).map(({ values }) => values),
      [
        { addresses: [SERVER], count: 1, name: 'one.example' },
        { addresses: ['192.0.2.11'], count: 1, name: 'two.example' },
      ],
    );
  });

  it('is unknown when no address was seen lately', () => {
    assert.equal(judge([{ messages: 0 }])[0].kind, 'no_addresses_seen');
    assert.equal(judge([{ address: '' }])[0].kind, 'no_addresses_seen');
  });

  it('looks up ten addresses at most in reverse DNS, and is not good when DNS does not respond', async () => {
    const addresses = Array.from({ length: 30 }, (_, index) => {
      return { address: `192.0.2.${index + 1}`, messages: 1, judged: 0, firstAt: OLD };
    });
    const seen = addresses.map(({ address, firstAt }) => ({ value: address, firstAt }));
    const queried: string[] = [];
    const check = createSendingAddressesCheck(
      async () => trafficFacts({ reading: { addresses }, known: { addresses: seen } }),
      async (address) => {
        queried.push(address);
        throw new UpstreamError({
          service: 'graph',
          operation: 'PTR',
          failure: 'timeout',
          message: 'no answer',
          effect: 'none',
        });
      },
    );
    const subject = {
      ...{ id: 'c', name: null, configuration: null, createdAt: null, changedAt: null, changedBy: null },
      ...{ restrictedSince: null, incidentId: null },
    };
    const statements = await check.run(subject, { at: NOW, signal: AbortSignal.timeout(1_000) });
    assert.equal(queried.length, 10);
    assert.deepEqual(
      statements.map(({ kind, verdict }) => `${kind} ${verdict}`),
      [
        'expected_addresses good',
        'configuration_unread unknown',
        'no_answer_in_time unknown',
        'looked_up_in_part unknown',
      ],
    );
  });
});
