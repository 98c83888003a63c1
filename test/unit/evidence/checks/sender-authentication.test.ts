import assert from 'node:assert/strict';
import { createDns } from '../../../../src/dns/resolver.ts';
import { createSenderAuthenticationCheck } from '../../../../src/evidence/checks/sender-authentication.ts';
import { exchangeSpf } from '../../../../src/evidence/mail-authentication/exchange-spf.ts';
import { type Finding, finding } from '../../../../src/incident/model/finding.ts';
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

describe('the check of sender authentication', () => {
  let server: DnsServer;
  let dkim: boolean | Error;
  beforeEach(async () => {
    dkim = true;
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
    const whole = <T>(items: readonly T[]) => ({ items, complete: true, reason: null });
    const check = createSenderAuthenticationCheck({
      dns: createDns({ servers: [server.address], timeoutMs, clock: () => NOW }),
      readMailSeen: async () => ({ domains, addresses }),
      listAcceptedDomains: async () => whole([{ domain: DOMAIN, withSubdomains: false }]),
      listDkimSigning: async () => {
        if (dkim instanceof Error) throw dkim;
        return whole([{ domain: DOMAIN, enabled: dkim }]);
      },
      exchange: exchangeSpf('public') ?? assert.fail(),
    });
    return finding(
      'sender_authentication',
      await check.run(RESTRICTED, { at: NOW, signal: AbortSignal.timeout(20_000) }),
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
    zone(`v=spf1 +all`, 'v=DMARC1; p=none');
    for (const trouble of TROUBLES) {
      server.trouble(DOMAIN, trouble);
      server.trouble(`_dmarc.${DOMAIN}`, trouble);
      const it = await run([DOMAIN], ['192.0.2.10'], 100);
      assert.equal(it.verdict, 'unknown', trouble);
      assert.deepEqual(kinds(it).toSorted(), ['dmarc_unread', 'spf_unread'], trouble);
    }
  });

  it('is unknown when aliases go round in circles', async () => {
    server.add('round.example', { type: 'CNAME', data: 'about.example' });
    server.add('about.example', { type: 'CNAME', data: 'round.example' });
    server.add('_dmarc.round.example', { type: 'CNAME', data: '_dmarc.round.example' });
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

  it('uses the connector’s own domains, then the tenant’s, when no mail was seen', async () => {
    zone(`v=spf1 ip4:192.0.2.10 ${INCLUDE} -all`, 'v=DMARC1; p=reject');
    const it = await run([], []);
    assert.deepEqual(it.statements[0].values, { domains: [DOMAIN], count: 1 });
  });
});
