import assert from 'node:assert/strict';
import { dnsName } from '../../../src/dns/dns-name.ts';
import { createDns } from '../../../src/dns/resolver.ts';
import { createReadReverseName } from '../../../src/dns/reverse-name.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { type DnsServer, startDnsServer } from '../../tenant/dns-server.ts';

describe('looking up names', () => {
  let server: DnsServer;
  let now: number;
  beforeEach(async () => {
    now = 0;
    server = await startDnsServer();
  });
  afterEach(() => server.stop());
  const open = ({ timeoutMs = 10_000 } = {}) => createDns({ servers: [server.address], timeoutMs, clock: () => now });
  const openImpatient = () => open({ timeoutMs: 100 });
  const failureOf = async (lookup: Promise<unknown>) => {
    const error = await lookup.then(
      () => null,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof UpstreamError);
    return error.details.failure;
  };

  it('returns each TXT record as one text, and none when there is none', async () => {
    server.add('mail.example.com', { type: 'TXT', data: ['v=spf1 ', '-all'] });
    server.add('bare.example.com', { type: 'A', data: '192.0.2.1' });
    const dns = open();
    assert.deepEqual(await dns.texts('mail.example.com'), ['v=spf1 -all']);
    assert.deepEqual(await dns.texts('bare.example.com'), []);
    assert.deepEqual(await dns.texts('nowhere.example.com'), []);
  });

  it('reads 4 KiB of text, over TCP', async () => {
    const parts = Array.from({ length: 16 }, () => 'x'.repeat(255));
    server.add('large.example.com', { type: 'TXT', data: parts });
    assert.equal((await open().texts('large.example.com'))[0]?.length, 16 * 255);
    assert.deepEqual(server.questions, ['TXT large.example.com UDP', 'TXT large.example.com TCP']);
  });

  it('follows an alias, and finds nothing when its target has no such record', async () => {
    server.add('alias.example.com', { type: 'CNAME', data: 'target.example.com' });
    server.add('target.example.com', { type: 'A', data: '192.0.2.1' });
    const dns = open();
    assert.deepEqual(await dns.texts('alias.example.com'), []);
    assert.deepEqual(await dns.addresses('alias.example.com'), ['192.0.2.1']);
  });

  it('never reports a loop or an endless chain of aliases as an absent record', async () => {
    server.add('self.example.com', { type: 'CNAME', data: 'SELF.example.com' });
    server.add('a.example.com', { type: 'CNAME', data: 'b.example.com' });
    server.add('b.example.com', { type: 'CNAME', data: 'a.example.com' });
    for (let number = 0; number < 20; number += 1)
      server.add(`c${number}.example.com`, { type: 'CNAME', data: `c${number + 1}.example.com` });
    server.add('c20.example.com', { type: 'A', data: '192.0.2.1' });
    const dns = open();
    for (const name of ['self.example.com', 'a.example.com', 'c0.example.com'])
      assert.equal(await failureOf(dns.texts(name)), 'malformed', name);
    assert.equal(await failureOf(dns.addresses('a.example.com')), 'malformed');
  });

  it('fails for a name whose alias cannot be read', async () => {
    server.add('bare.example.com', { type: 'A', data: '192.0.2.1' });
    server.trouble('bare.example.com', 'SERVFAIL', 'CNAME');
    assert.equal(await failureOf(open().texts('bare.example.com')), 'unavailable');
  });

  it('never reports a failure as an absent record', async () => {
    server.trouble('no_answer.example.com', 'no_answer');
    assert.equal(await failureOf(openImpatient().texts('no_answer.example.com')), 'timeout');
    const dns = open();
    for (const [kind, failure] of [
      ['SERVFAIL', 'unavailable'],
      ['REFUSED', 'unavailable'],
      ['malformed', 'malformed'],
    ] as const) {
      server.trouble(`${kind}.example.com`, kind);
      assert.equal(await failureOf(dns.texts(`${kind}.example.com`)), failure, kind);
    }
  });

  it('ignores responses to another question or with another id', async () => {
    const kinds = ['another_id', 'another_question'] as const;
    for (const kind of kinds) {
      server.add(`${kind}.example.com`, { type: 'TXT', data: 'v=spf1 +all' });
      server.trouble(`${kind}.example.com`, kind);
    }
    const dns = openImpatient();
    const failures = await Promise.all(kinds.map((kind) => failureOf(dns.texts(`${kind}.example.com`))));
    assert.deepEqual(failures, ['timeout', 'timeout']);
  });

  it('caches an address for its time to live and no longer', async () => {
    server.add(
      'host.example.com',
      { type: 'A', data: '192.0.2.1', ttl: 5 },
      { type: 'AAAA', data: '2001:db8::1', ttl: 5 },
    );
    const dns = open();
    await dns.addresses('host.example.com');
    now = 4_999;
    assert.deepEqual(await dns.addresses('HOST.example.com'), ['192.0.2.1', '2001:db8::1']);
    assert.equal(server.questions.length, 2);
    now = 5_000;
    await dns.addresses('host.example.com');
    assert.equal(server.questions.length, 4);
  });

  it('does not cache a failure', async () => {
    server.trouble('host.example.com', 'SERVFAIL');
    const dns = open();
    await failureOf(dns.texts('host.example.com'));
    server.trouble('host.example.com', null);
    server.add('host.example.com', { type: 'TXT', data: 'back' });
    assert.deepEqual(await dns.texts('host.example.com'), ['back']);
  });

  it('reads the names of an address, and whether one of them resolves to it', async () => {
    server.add('10.2.0.192.in-addr.arpa', { type: 'PTR', data: 'Mail.example.com' });
    server.add('mail.example.com', { type: 'A', data: '192.0.2.10' });
    server.add('11.2.0.192.in-addr.arpa', { type: 'PTR', data: 'mail.example.com' });
    const read = createReadReverseName(open());
    assert.deepEqual(await read('192.0.2.10'), { address: '192.0.2.10', names: ['mail.example.com'], matches: true });
    assert.deepEqual(await read('192.0.2.11'), { address: '192.0.2.11', names: ['mail.example.com'], matches: false });
    assert.deepEqual(await read('192.0.2.12'), { address: '192.0.2.12', names: [], matches: false });
  });

  it('does not match a name that resolves to a private address', async () => {
    server.add('10.2.0.192.in-addr.arpa', { type: 'PTR', data: 'rebound.example.com' });
    server.add(
      'rebound.example.com',
      { type: 'A', data: '10.0.0.1', ttl: 0 },
      { type: 'A', data: '127.0.0.1', ttl: 0 },
    );
    const found = await createReadReverseName(open())('192.0.2.10');
    assert.deepEqual(found, { address: '192.0.2.10', names: ['rebound.example.com'], matches: false });
  });

  it('matches an IPv6 address in any notation', async () => {
    const reversed = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa';
    server.add(reversed, { type: 'PTR', data: 'six.example.com' });
    server.add('six.example.com', { type: 'AAAA', data: '2001:db8::1' });
    assert.equal((await createReadReverseName(open())('2001:0DB8:0:0::1')).matches, true);
  });
});

describe('a name that can be looked up', () => {
  it('is normalized to its ASCII form', () => {
    assert.equal(dnsName(' Mail.Example.COM. '), 'mail.example.com');
    assert.equal(dnsName('例え.テスト'), 'xn--r8jz45g.xn--zckzah');
    assert.equal(dnsName('_dmarc.example.com'), '_dmarc.example.com');
  });

  it('is never a text that is several names or none', () => {
    const long = `${'a'.repeat(64)}.example.com`;
    for (const text of [
      '',
      'localhost',
      'a b.example.com',
      'a.example.com\nb.example.com',
      '*.example.com',
      '..',
      long,
    ])
      assert.equal(dnsName(text), null, text);
    assert.equal(dnsName(`${'a.'.repeat(140)}example.com`), null);
    assert.equal(dnsName('a.example.com;drop'), null);
  });
});
