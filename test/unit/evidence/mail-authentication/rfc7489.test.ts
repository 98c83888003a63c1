import assert from 'node:assert/strict';
import { createDns } from '../../../../src/dns/resolver.ts';
import { checkDmarc, type DmarcAnswer } from '../../../../src/evidence/mail-authentication/dmarc.ts';
import { type DnsServer, startDnsServer } from '../../../tenant/dns-server.ts';

const MONITOR = 'v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com';

/**
 * The examples of RFC 7489, appendix B, and the rules of its policy discovery (6.6.3), run against a name server that serves the
 * zones.
 */
describe('DMARC in the examples of RFC 7489', () => {
  let server: DnsServer;
  beforeEach(async () => {
    server = await startDnsServer();
  });
  afterEach(() => server.stop());

  const publish = (domain: string, ...records: readonly (string | readonly string[])[]) =>
    server.add(`_dmarc.${domain}`, ...records.map((data) => ({ type: 'TXT' as const, data })));
  const dmarcOf = (
    domain: string,
    { spf = [], dkim = [] }: { readonly spf?: readonly string[]; readonly dkim?: readonly string[] } = {},
  ): Promise<DmarcAnswer> => {
    const dns = createDns({ servers: [server.address], timeoutMs: 10_000, clock: () => 0 });
    return checkDmarc(dns, { domain, spfDomains: spf, dkimDomains: dkim });
  };
  const isAligned = async (...question: Parameters<typeof dmarcOf>) => {
    const answer = await dmarcOf(...question);
    assert.equal(answer.kind, 'policy');
    return answer.kind === 'policy' && answer.aligned;
  };
  const policyOf = async (domain: string) => {
    const answer = await dmarcOf(domain);
    return answer.kind === 'policy' ? answer.policy : answer.kind;
  };

  for (const [what, tag] of [
    ['spf', 'aspf'],
    ['dkim', 'adkim'],
  ] as const) {
    it(`aligns ${what} of the same domain in either mode (B.1, example 1)`, async () => {
      publish('example.com', `v=DMARC1; p=reject; ${tag}=s`);
      assert.equal(await isAligned('example.com', { [what]: ['example.com'] }), true);
    });

    it(`aligns ${what} of the same organizational domain unless the record is strict (B.1, example 2)`, async () => {
      publish('example.com', 'v=DMARC1; p=reject');
      assert.equal(await isAligned('example.com', { [what]: ['child.example.com'] }), true);
      assert.equal(await isAligned('child.example.com', { [what]: ['example.com'] }), true);
      server.remove('_dmarc.example.com');
      publish('example.com', `v=DMARC1; p=reject; ${tag}=s`);
      assert.equal(await isAligned('example.com', { [what]: ['child.example.com'] }), false);
      assert.equal(await isAligned('child.example.com', { [what]: ['example.com'] }), false);
    });

    it(`does not align ${what} of another organization (B.1, example 3)`, async () => {
      publish('example.com', 'v=DMARC1; p=reject');
      assert.equal(await isAligned('child.example.com', { [what]: ['sample.net'] }), false);
    });
  }

  it('recognizes a record that only monitors (B.2.1 to B.2.3)', async () => {
    for (const record of [
      MONITOR,
      `${MONITOR}; ruf=mailto:auth-reports@example.com`,
      `${MONITOR}; ruf=mailto:auth-reports@thirdparty.example.net`,
    ]) {
      server.remove('_dmarc.example.com');
      publish('example.com', record);
      assert.equal(await policyOf('example.com'), 'none');
    }
  });

  it('prefers a subdomain’s own record, in parts and with pct, to that of its organization (B.2.4)', async () => {
    publish('example.com', MONITOR);
    publish('test.example.com', [
      'v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,',
      'mailto:tld-test@thirdparty.example.net!10m; pct=25',
    ]);
    assert.equal(await policyOf('test.example.com'), 'quarantine');
    assert.equal(await policyOf('example.com'), 'none');
  });

  it('falls back to the record of the organizational domain and its sp, if any (6.3, 6.6.3)', async () => {
    publish('example.com', 'v=DMARC1; p=quarantine');
    publish('example.net', 'v=DMARC1; p=reject; sp=none');
    assert.equal(await policyOf('mail.example.com'), 'quarantine');
    assert.equal(await policyOf('mail.example.net'), 'none');
    assert.equal(await policyOf('example.net'), 'reject');
  });

  it('finds no policy without a record, or without one with a valid beginning (6.6.3)', async () => {
    assert.equal(await policyOf('example.com'), 'missing');
    publish('example.com', 'p=reject; v=DMARC1', 'v=spf1 -all', 'v=DMARC2; p=reject');
    assert.equal(await policyOf('example.com'), 'missing');
  });

  it('finds no policy when there are several records, and finds the single one among other texts (6.6.3)', async () => {
    publish('example.com', 'v=DMARC1; p=reject', 'v=DMARC1; p=none');
    assert.equal(await policyOf('example.com'), 'missing');
    publish('example.net', 'some other text', 'v=DMARC1; p=reject');
    assert.equal(await policyOf('example.net'), 'reject');
  });

  it('does not treat a failure of DNS as a missing record', async () => {
    publish('example.com', 'v=DMARC1; p=reject');
    server.trouble('_dmarc.example.com', 'SERVFAIL');
    assert.equal(await policyOf('example.com'), 'unread');
  });
});
