import assert from 'node:assert/strict';
import { createDns } from '../../../../src/dns/resolver.ts';
import { createSenderAuthenticationCheck } from '../../../../src/evidence/checks/sender-authentication.ts';
import { exchangeSpf } from '../../../../src/evidence/mail-authentication/exchange-spf.ts';
import { type Finding, finding } from '../../../../src/incident/model/finding.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import type { Reading } from '../../../../src/incident/model/observation.ts';
import type { AcceptedDomain } from '../../../../src/microsoft/exchange/accepted-domains.ts';
import type { DkimSigning } from '../../../../src/microsoft/exchange/dkim-signing.ts';
import { UpstreamError } from '../../../../src/shared/errors.ts';
import { type DnsServer, startDnsServer } from '../../../tenant/dns-server.ts';
import { addZones } from '../../../tenant/zones.ts';
import { NOW, RESTRICTED } from '../subjects.ts';

const DOMAIN = 'example.com';
const INCLUDE = 'include:spf.protection.outlook.com';
const TROUBLES = ['SERVFAIL', 'no_answer', 'malformed', 'REFUSED', 'another_id', 'another_question'] as const;
const REFUSED = new UpstreamError({
  service: 'exchange',
  operation: 'Get-DkimSigningConfig',
  failure: 'forbidden',
  message: 'no',
  effect: 'none',
});

const whole = <T>(items: readonly T[]) => ({ items, complete: true, reason: null });

describe('the check of sender authentication', () => {
  let server: DnsServer;
  let dkim: boolean | Error;
  let accepted: Reading<AcceptedDomain>;
  let signing: Partial<Reading<DkimSigning>>;
  let configuration: Configuration | null;
  beforeEach(async () => {
    dkim = true;
    accepted = whole([{ domain: DOMAIN, withSubdomains: false }]);
    signing = {};
    configuration = RESTRICTED.configuration;
    server = await startDnsServer();
    addZones(server);
  });
  afterEach(() => server.stop());

  const zone = (spf: string | null, dmarc: string | null) => {
    if (spf !== null) server.add(DOMAIN, { type: 'TXT', data: spf });
    if (dmarc !== null) server.add(`_dmarc.${DOMAIN}`, { type: 'TXT', data: dmarc });
  };
  const run = async (
    domains: readonly string[] = [DOMAIN],
    addresses: readonly string[] = ['192.0.2.10'],
    timeoutMs = 10_000,
  ): Promise<Finding> => {
    const check = createSenderAuthenticationCheck({
      dns: createDns({ servers: [server.address], timeoutMs, clock: () => NOW }),
      readMailSeen: async () => ({ domains, addresses }),
      listAcceptedDomains: async () => accepted,
      listDkimSigning: async () => {
        if (dkim instanceof Error) throw dkim;
        return { ...whole([{ domain: DOMAIN, enabled: dkim, keysMissing: false }]), ...signing };
      },
      exchange: exchangeSpf('public') ?? assert.fail(),
    });
    return finding(
      'sender_authentication',
      await check.run({ ...RESTRICTED, configuration }, { at: NOW, signal: AbortSignal.timeout(20_000) }),
      NOW,
    );
  };
  const kinds = ({ statements }: Finding) => statements.map(({ kind }) => kind);

  it('is good when SPF names the server and Exchange Online, mail is signed, and DMARC acts', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    const it = await run();
    assert.deepEqual([it.verdict, kinds(it)], ['good', ['authenticated']]);
  });

  it('finds the common fault that the record does not name Exchange Online, which sends relayed mail', async () => {
    zone('v=spf1 ip4:192.0.2.10 -all', 'v=DMARC1; p=reject');
    assert.deepEqual(kinds(await run()), ['spf_without_exchange']);
    dkim = false;
    assert.deepEqual(kinds(await run()).toSorted(), ['dkim_off', 'dmarc_fails', 'spf_without_exchange']);
  });

  it('accepts Exchange Online’s address ranges in a record in place of the include', async () => {
    zone(
      'v=spf1 ip4:192.0.2.10 ip4:40.92.0.0/15 ip4:40.107.0.0/16 ip4:52.100.0.0/15 ip4:104.47.0.0/17 -all',
      'v=DMARC1; p=reject',
    );
    assert.deepEqual(kinds(await run()), ['authenticated']);
  });

  it('finds an include behind another include', async () => {
    server.add('spf.vendor.example', { type: 'TXT', data: `v=spf1 ${INCLUDE} ?all` });
    zone('v=spf1 ip4:192.0.2.10 include:spf.vendor.example -all', 'v=DMARC1; p=reject');
    assert.deepEqual(kinds(await run()), ['authenticated']);
  });

  it('names the server that is not in the record, with its SPF result', async () => {
    zone(`v=spf1 ip4:198.51.100.1 ${INCLUDE} ~all`, 'v=DMARC1; p=reject');
    const it = await run();
    assert.deepEqual(it.statements[0].values, { domain: DOMAIN, address: '192.0.2.10', result: 'softfail' });
  });

  it('finds a record that lets anyone send bad, and no record, monitoring alone and no policy a concern', async () => {
    zone('v=spf1 +all', 'v=DMARC1; p=none');
    const open = await run();
    assert.equal(open.verdict, 'bad');
    assert.ok(kinds(open).includes('dmarc_only_monitors'));
    accepted = whole([{ domain: 'nowhere.example', withSubdomains: false }]);
    signing = { items: [{ domain: 'nowhere.example', enabled: true, keysMissing: false }] };
    assert.deepEqual(kinds(await run(['nowhere.example'])).toSorted(), ['dmarc_missing', 'spf_missing']);
  });

  it('finds a record with more than ten lookups invalid, as receivers do', async () => {
    for (let number = 0; number < 11; number += 1)
      server.add(`s${number}.example.com`, { type: 'TXT', data: 'v=spf1 ?all' });
    const includes = Array.from({ length: 11 }, (_, number) => `include:s${number}.example.com`).join(' ');
    zone(`v=spf1 ${includes} -all`, 'v=DMARC1; p=reject');
    const it = await run();
    assert.equal(it.statements[0].kind, 'spf_invalid');
    assert.equal(it.verdict, 'concern');
  });

  it('is unknown, and reports no missing record, when DNS fails or does not respond', async () => {
    const domains = TROUBLES.map((trouble) => ({
      trouble,
      domain: `${trouble.replace('_', '-').toLowerCase()}.example`,
    }));
    for (const { trouble, domain } of domains) {
      server.add(domain, { type: 'TXT', data: 'v=spf1 +all' });
      server.add(`_dmarc.${domain}`, { type: 'TXT', data: 'v=DMARC1; p=none' });
      server.trouble(domain, trouble);
      server.trouble(`_dmarc.${domain}`, trouble);
    }
    accepted = whole(domains.map(({ domain }) => ({ domain, withSubdomains: false })));
    signing = { items: domains.map(({ domain }) => ({ domain, enabled: true, keysMissing: false })) };
    const check = async ({ trouble, domain }: (typeof domains)[number]) => {
      const it = await run([domain], ['192.0.2.10'], 100);
      assert.equal(it.verdict, 'unknown', trouble);
      assert.deepEqual(kinds(it).toSorted(), ['dmarc_unread', 'spf_unread'], trouble);
    };
    await Promise.all(domains.map(check));
  });

  it('is unknown when aliases go round in circles', async () => {
    server.add('round.example', { type: 'CNAME', data: 'about.example' });
    server.add('about.example', { type: 'CNAME', data: 'round.example' });
    server.add('_dmarc.round.example', { type: 'CNAME', data: '_dmarc.round.example' });
    accepted = whole([{ domain: 'round.example', withSubdomains: false }]);
    signing = { items: [{ domain: 'round.example', enabled: true, keysMissing: false }] };
    const it = await run(['round.example']);
    assert.deepEqual([it.verdict, kinds(it).toSorted()], ['unknown', ['dmarc_unread', 'spf_unread']]);
  });

  it('is unknown when a record includes a name whose aliases go round in circles', async () => {
    server.add('round.example', { type: 'CNAME', data: 'round.example' });
    zone('v=spf1 include:round.example -all', 'v=DMARC1; p=reject');
    assert.deepEqual(kinds(await run()), ['spf_unread']);
  });

  it('reads a record of 4 KiB', async () => {
    const many = Array.from({ length: 240 }, (_, number) => `ip4:198.51.100.${number}`).join(' ');
    const record = `v=spf1 ip4:192.0.2.10 ${many} ${INCLUDE} -all`;
    server.add(DOMAIN, { type: 'TXT', data: record });
    zone(null, 'v=DMARC1; p=reject');
    assert.ok(record.length > 4_000);
    assert.deepEqual(kinds(await run()), ['authenticated']);
  });

  it('does not report missing signing when the signing settings could not be read', async () => {
    zone('v=spf1 ip4:192.0.2.10 -all', 'v=DMARC1; p=reject');
    dkim = REFUSED;
    const it = await run();
    assert.ok(!kinds(it).includes('dkim_off') && !kinds(it).includes('dmarc_fails'));
    assert.ok(kinds(it).includes('not_permitted'));
  });

  it('claims no signing that it has not read, and is not good without it', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    dkim = REFUSED;
    const refused = await run();
    assert.deepEqual([refused.verdict, kinds(refused)], ['unknown', ['authenticated_without_dkim', 'not_permitted']]);
    dkim = true;
    signing = { complete: false, reason: 'more rows' };
    const partial = await run();
    assert.deepEqual([partial.verdict, kinds(partial)], ['unknown', ['authenticated_without_dkim', 'incomplete']]);
    signing = {};
    accepted = whole([{ domain: 'com', withSubdomains: false }]);
    signing = { items: [] };
    assert.deepEqual(kinds(await run()), ['authenticated_without_dkim']);
  });

  it('does not advise on the records of domains that are not the tenant’s', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    const mixed = await run(['prize.example', DOMAIN]);
    assert.deepEqual(mixed.statements[0].values, { domains: [DOMAIN], count: 1 });
    const foreign = await run(['prize.example', 'notexample.com']);
    assert.deepEqual(
      [foreign.verdict, foreign.statements],
      [
        'unknown',
        [
          {
            kind: 'only_foreign_domains',
            verdict: 'unknown',
            values: { domains: ['prize.example', 'notexample.com'], count: 2 },
          },
        ],
      ],
    );
  });

  it('is not good when only a part of the accepted domains was read', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    accepted = { ...accepted, complete: false, reason: 'more rows' };
    const it = await run();
    assert.deepEqual([it.verdict, kinds(it)], ['unknown', ['authenticated_without_dkim', 'incomplete']]);
  });

  it('finds signing whose keys are not in DNS a concern, and DMARC failing where SPF does not pass either', async () => {
    zone('v=spf1 ip4:192.0.2.10 -all', 'v=DMARC1; p=reject');
    signing = { items: [{ domain: DOMAIN, enabled: true, keysMissing: true }] };
    assert.deepEqual(kinds(await run()).toSorted(), ['dkim_keys_missing', 'dmarc_fails', 'spf_without_exchange']);
  });

  it('knows that the initial domain is signed although Exchange does not list it', async () => {
    const initial = 'contoso.onmicrosoft.com';
    server.add(initial, { type: 'TXT', data: `v=spf1 ip4:192.0.2.10 ${INCLUDE} -all` });
    server.add(`_dmarc.${initial}`, { type: 'TXT', data: 'v=DMARC1; p=reject' });
    accepted = whole([{ domain: initial, withSubdomains: false }]);
    assert.deepEqual(kinds(await run([initial])), ['authenticated']);
  });

  it('does not count SPF for DMARC where the record is invalid', async () => {
    const others = Array.from({ length: 11 }, (_, number) => `a:h${number}.example.com`);
    for (const one of others) server.add(one.slice(2), { type: 'A', data: '198.51.100.1' });
    zone(`v=spf1 ${INCLUDE} ${others.join(' ')} -all`, 'v=DMARC1; p=reject');
    dkim = false;
    assert.deepEqual(kinds(await run()).toSorted(), ['dkim_off', 'dmarc_fails', 'spf_invalid']);
  });

  it('finds a record invalid that is so for the address of a server only', async () => {
    for (const name of ['a', 'b', 'c']) server.add(`${name}.example.com`, { type: 'A', data: '198.51.100.1' });
    zone(`v=spf1 a:a.example.com a:b.example.com a:c.example.com ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    assert.deepEqual(kinds(await run([DOMAIN], ['2001:db8::1'])), ['spf_invalid']);
  });

  it('does not advise a domain that sends nothing to allow Exchange Online', async () => {
    zone('v=spf1 -all', 'v=DMARC1; p=reject');
    const seen = await run();
    assert.deepEqual([seen.verdict, kinds(seen)], ['concern', ['spf_sends_nothing']]);
    const outside = await run([], []);
    assert.deepEqual([outside.verdict, kinds(outside)], ['unknown', ['no_domains_known']]);
  });

  it('leaves Microsoft’s own domains out of the tenant’s, and says when it looked up only some of them', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    const own = ['contoso.onmicrosoft.com', 'contoso.mail.onmicrosoft.com', DOMAIN];
    accepted = whole(own.map((domain) => ({ domain, withSubdomains: false })));
    assert.deepEqual((await run([], [])).statements[0].values, { domains: [DOMAIN], count: 1 });
    const many = Array.from({ length: 9 }, (_, number) => `d${number}.${DOMAIN}`);
    const it = await run(many);
    assert.deepEqual(it.statements.find(({ kind }) => kind === 'looked_up_in_part')?.values, {
      what: 'domains',
      read: 8,
      count: 9,
    });
    const addresses = Array.from({ length: 11 }, (_, number) => `192.0.2.${number}`);
    assert.ok((await run([DOMAIN], addresses)).statements.some(({ kind }) => kind === 'looked_up_in_part'));
  });

  it('reads the domain out of a wildcard in the connector’s settings', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    configuration = { SenderDomains: ['smtp:*.example.com;1'] };
    accepted = whole([{ domain: 'other.example', withSubdomains: false }]);
    assert.deepEqual((await run([], [])).statements[0].values, { domains: [DOMAIN], count: 1 });
  });

  it('uses the connector’s own domains, then the tenant’s, when no mail was seen', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    const it = await run([], []);
    assert.deepEqual(it.statements[0].values, { domains: [DOMAIN], count: 1 });
  });
});
