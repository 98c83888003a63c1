import assert from 'node:assert/strict';
import { createDns } from '../../../../src/dns/resolver.ts';
import { createServerExposureCheck } from '../../../../src/evidence/checks/server-exposure.ts';
import { finding } from '../../../../src/incident/model/finding.ts';
import { type DnsServer, startDnsServer } from '../../../tenant/dns-server.ts';
import { NOW, RESTRICTED } from '../subjects.ts';

const LIST = 'list.example';

describe('the check of the sending server', () => {
  let server: DnsServer;
  beforeEach(async () => {
    server = await startDnsServer();
  });
  afterEach(() => server.stop());

  const run = async (settings: object, blockLists: readonly string[] = [], seen: readonly string[] = []) => {
    const dns = createDns({ servers: [server.address], timeoutMs: 10_000, clock: () => NOW });
    const readMailSeen = async () => ({ domains: [], addresses: seen });
    const check = createServerExposureCheck({ dns, blockLists, readMailSeen });
    const subject = { ...RESTRICTED, configuration: { SenderIPAddresses: ['192.0.2.10'], ...settings } };
    const statements = await check.run(subject, { at: NOW, signal: AbortSignal.timeout(20_000) });
    return finding('server_exposure', statements, NOW);
  };
  const name = (host: string) => server.add('10.2.0.192.in-addr.arpa', { type: 'PTR', data: host });

  it('is good when the server has a name of its own', async () => {
    name('mail.example.com');
    const { verdict, statements } = await run({});
    assert.deepEqual([verdict, statements[0].values], ['good', { names: ['mail.example.com'] }]);
  });

  it('finds a name that a provider gives to any address a concern', async () => {
    for (const host of [
      '192-0-2-10.dsl.example.net',
      '10.2.0.192.dynamic.example.net',
      'ip192x0x2x10.example.net',
      'dhcp-4.example.net',
    ]) {
      server.remove('10.2.0.192.in-addr.arpa');
      name(host);
      assert.equal((await run({})).statements[0].kind, 'generic_name', host);
    }
  });

  it('finds a certificate whose host is elsewhere a concern, but not one whose host is not in public DNS', async () => {
    name('mail.example.com');
    server.add('relay.example.com', { type: 'A', data: '198.51.100.1' });
    assert.equal(
      (await run({ TlsSenderCertificateName: 'relay.example.com' })).statements[0].kind,
      'certificate_elsewhere',
    );
    assert.equal((await run({ TlsSenderCertificateName: 'inside.example.com' })).verdict, 'good');
  });

  it('queries block lists only when they are configured', async () => {
    name('mail.example.com');
    server.add(`10.2.0.192.${LIST}`, { type: 'A', data: '127.0.0.2' });
    assert.equal((await run({})).verdict, 'good');
    const { verdict, statements } = await run({}, [LIST]);
    assert.deepEqual([verdict, statements[0].values], ['bad', { address: '192.0.2.10', list: LIST }]);
  });

  it('does not treat a refusal by a block list as a listing', async () => {
    name('mail.example.com');
    for (const refusal of ['127.255.255.254', '127.0.0.1', '203.0.113.5']) {
      server.remove(`10.2.0.192.${LIST}`);
      server.add(`10.2.0.192.${LIST}`, { type: 'A', data: refusal });
      const { verdict, statements } = await run({}, [LIST]);
      assert.deepEqual(
        [verdict, statements.map(({ kind }) => kind)],
        ['unknown', ['block_list_refused', 'server_named']],
        refusal,
      );
    }
  });

  it('finds a listing although the list answers no query for IPv6 records', async () => {
    name('mail.example.com');
    server.add(`10.2.0.192.${LIST}`, { type: 'A', data: '127.0.0.4' });
    await run({}, [LIST]);
    assert.deepEqual(
      server.questions.filter((question) => question.includes(LIST)),
      [`A 10.2.0.192.${LIST} UDP`],
    );
  });

  it('finds a certificate’s host in a range that the connector lists, and in another spelling of an address', async () => {
    name('mail.example.com');
    server.add('relay.example.com', { type: 'A', data: '198.51.100.25' });
    const settings = {
      SenderIPAddresses: ['192.0.2.10', '198.51.100.0/24'],
      TlsSenderCertificateName: 'relay.example.com',
    };
    assert.equal((await run(settings)).verdict, 'good');
    server.remove('relay.example.com');
    server.add('relay.example.com', { type: 'AAAA', data: '2001:db8::1' });
    const statements = (await run({ TlsSenderCertificateName: 'relay.example.com' }, [], ['2001:0DB8:0:0::1']))
      .statements;
    assert.ok(statements.every(({ kind }) => kind !== 'certificate_elsewhere'));
  });

  it('does not look up private addresses, nor takes the owner’s domain for a provider’s name', async () => {
    name('mail.host.example');
    const { verdict } = await run({ SenderIPAddresses: ['192.0.2.10', '10.1.2.3'] });
    assert.equal(verdict, 'good');
    assert.ok(server.questions.every((question) => !question.includes('3.2.1.10')));
  });

  it('is unknown, not good, when reverse DNS does not respond', async () => {
    server.trouble('10.2.0.192.in-addr.arpa', 'SERVFAIL');
    assert.equal((await run({})).verdict, 'unknown');
  });

  it('is unknown when no address of a server is known', async () => {
    assert.equal((await run({ SenderIPAddresses: ['198.51.100.0/24'] })).statements[0].kind, 'no_server_known');
  });

  it('is not good when it looked up only some of the servers', async () => {
    const addresses = Array.from({ length: 9 }, (_, number) => `192.0.2.${number + 10}`);
    for (const number of addresses.keys())
      server.add(`${number + 10}.2.0.192.in-addr.arpa`, { type: 'PTR', data: `mail${number}.example.com` });
    const { verdict, statements } = await run({ SenderIPAddresses: addresses });
    assert.deepEqual([verdict, statements[0].values], ['unknown', { what: 'addresses', read: 8, count: 9 }]);
  });

  it('uses the servers that were seen to send', async () => {
    server.add('7.100.51.198.in-addr.arpa', { type: 'PTR', data: 'pool-7.example.net' });
    const { statements } = await run({}, [], ['198.51.100.7']);
    assert.ok(statements.some(({ kind }) => kind === 'generic_name'));
  });

  it('does not look up a certificate name with a line break or a wildcard', async () => {
    name('mail.example.com');
    await run({ TlsSenderCertificateName: 'a.example.com\nb.example.com' });
    await run({ TlsSenderCertificateName: '*.example.com' });
    assert.ok(
      server.questions.every((question) => question.includes('in-addr.arpa')),
      server.questions.join(', '),
    );
  });
});
