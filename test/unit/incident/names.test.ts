import assert from 'node:assert/strict';
import { type Nameable, namedByTrait, namedDirectly } from '../../../src/incident/model/names.ts';

const ID = '159eb7c4-75d7-43e2-95fe-ced44b3e0a56';
const OTHER = 'ac4d5ab0-6637-4e91-8d47-f5c2e95c71d9';

const connector = (name: string | null, id = ID, configuration: Nameable['configuration'] = null): Nameable => {
  return { id, name, configuration };
};
const named = (text: string, ...names: readonly string[]) =>
  namedDirectly(
    text,
    names.map((name) => connector(name, `id of ${name}`)),
  )
    .map(({ by }) => by)
    .toSorted();

describe('a connector that an alert names', () => {
  it('is named by its id, unless that is part of a longer id', () => {
    for (const text of [ID, `{"eid":"${ID}"}`, `tenant\\${ID.toUpperCase()}.`]) {
      assert.deepEqual(namedDirectly(text, [connector(null)]), [{ id: ID, by: ID }], text);
    }
    assert.deepEqual(namedDirectly(`0${ID}`, [connector(null)]), []);
  });

  it('is named by its whole name, in any case and any width of letters', () => {
    assert.deepEqual(named('Inbound connector RELAY-TOKYO was restricted.', 'Relay-Tokyo'), ['Relay-Tokyo']);
    assert.deepEqual(named('大阪リレー(本番)が制限されました', '大阪リレー（本番）'), ['大阪リレー（本番）']);
    assert.deepEqual(named('Head office relay', 'Head office relay'), ['Head office relay']);
  });

  for (const [name, text] of [
    ['Relay-Tokyo', 'relay-tokyo2 was restricted'],
    ['Relay-Tokyo', 'my-relay-tokyo was restricted'],
    ['Relay-Tokyo', 'relay-tokyo.example was restricted'],
    ['mail', 'mail was sent through the connector in bulk'],
    ['mail', 'the connector mail.contoso.example'],
    ['mail', 'admin@mail'],
    ['On', 'activity based on signals'],
    ['Connector', 'a connector was restricted'],
    ['a', 'a connector'],
    ['25', 'on port 25 of 25 messages'],
    ['high', 'severity is high'],
    ['リレー', '新リレー装置が検出されました'],
    ['.', 'end.'],
    ['', 'anything'],
    ['   ', 'any   thing'],
    ['$&', 'cost of $100'],
  ] as const) {
    it(`is not named within other words: "${name}" in "${text}"`, () => {
      assert.deepEqual(named(text, name), []);
    });
  }

  it('may have a common word as its name where the text marks it as one', () => {
    for (const text of [
      'mail',
      'x\nmail\ny',
      'the connector "mail" was',
      'connector: mail',
      'Connector name: mail',
      'コネクタ「mail」',
    ]) {
      assert.deepEqual(named(text, 'mail'), ['mail'], text);
    }
    assert.deepEqual(named('On', 'On'), ['On']);
  });

  it('is the one with the longer name where one name contains the other', () => {
    assert.deepEqual(named('connector "Relay Tokyo"', 'Relay', 'Relay Tokyo'), ['Relay Tokyo']);
    assert.deepEqual(named('connector Relay Tokyo 2', 'Relay Tokyo', 'Relay Tokyo 2'), ['Relay Tokyo 2']);
  });

  it('may be one of several that are named', () => {
    assert.deepEqual(named('Relay-A, Relay-B and "mail"', 'Relay-A', 'Relay-B', 'mail'), [
      'Relay-A',
      'Relay-B',
      'mail',
    ]);
  });

  it('does not interpret a name as a pattern or a template', () => {
    for (const name of ['.*', '(a+)+$', '[x](y)', '${name}', '\\d\\d\\d\\d', '**bold** it']) {
      assert.deepEqual(named('anything at all 1234', name), [], name);
      assert.deepEqual(named(name, name), [name], name);
    }
  });
});

describe('a setting of a connector in an alert', () => {
  const trait = (text: string, configuration: Nameable['configuration'], other: Nameable['configuration'] = null) =>
    namedByTrait(text, [connector('A', ID, configuration), connector('B', OTHER, other)]).map(
      ({ id, by }) => `${by} ${id === ID ? 'A' : 'B'}`,
    );

  it('is a sender address, or one within its range', () => {
    assert.deepEqual(trait('from 192.0.2.10', { SenderIPAddresses: ['192.0.2.10'] }), ['192.0.2.10 A']);
    assert.deepEqual(trait('[198.51.100.9]:25', { SenderIPAddresses: ['198.51.100.0/28'] }), ['198.51.100.0/28 A']);
    assert.deepEqual(trait('2001:DB8::25', { SenderIPAddresses: ['2001:db8::25'] }), ['2001:db8::25 A']);
    for (const text of ['192.0.2.100', '1192.0.2.10', '192.0.2.10.1', '198.51.100.16', '2001:db8::251']) {
      const SenderIPAddresses = ['192.0.2.10', '198.51.100.0/28', '2001:db8::25'];
      assert.deepEqual(trait(text, { SenderIPAddresses }), [], text);
    }
  });

  it('is a sender domain or a certificate name, as Exchange writes them', () => {
    assert.deepEqual(trait('user@contoso.example', { SenderDomains: ['smtp:contoso.example;1'] }), [
      'contoso.example A',
    ]);
    assert.deepEqual(trait('mx1.relay.example', { TlsSenderCertificateName: '*.relay.example' }), [
      '*.relay.example A',
    ]);
    const TlsSenderCertificateName = '<I>CN=Some CA, O=CA<S>CN=mail.contoso.example, O=Contoso';
    assert.deepEqual(trait('ehlo mail.contoso.example.', { TlsSenderCertificateName }), ['mail.contoso.example A']);
    for (const text of ['notcontoso.example', 'contoso.example.evil.test', 'sub.contoso.example', 'contoso-example']) {
      assert.deepEqual(trait(text, { SenderDomains: ['smtp:contoso.example;1'] }), [], text);
    }
  });

  it('names none when it matches every connector', () => {
    assert.deepEqual(
      trait('anything 10.0.0.1 *', { SenderDomains: ['smtp:*;1'], SenderIPAddresses: ['0.0.0.0/0'] }),
      [],
    );
  });

  it('names none of several restricted connectors that share it, and each by what only it has', () => {
    const shared = { SenderIPAddresses: ['192.0.2.10', '192.0.2.11'] };
    const [one, two] = [
      { SenderIPAddresses: ['192.0.2.10', '192.0.2.12'] },
      { SenderIPAddresses: ['192.0.2.10', '192.0.2.13'] },
    ];
    assert.deepEqual(trait('192.0.2.10', shared, shared), []);
    assert.deepEqual(trait('192.0.2.10 192.0.2.12 192.0.2.13', one, two), ['192.0.2.12 A', '192.0.2.13 B']);
  });
});
