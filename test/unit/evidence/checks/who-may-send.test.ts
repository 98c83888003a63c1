import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeWhoMaySend } from '../../../../src/evidence/checks/who-may-send.ts';
import { finding, VERDICTS } from '../../../../src/incident/model/finding.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';

const judged = (configuration: Configuration | null) => finding('who_may_send', judgeWhoMaySend(configuration), 0);
const kinds = (configuration: Configuration | null) => judged(configuration).statements.map(({ kind }) => kind);

const ANY = { SenderDomains: ['smtp:*;1'] };
const ONE = { ...ANY, SenderIPAddresses: ['192.0.2.10'], RequireTls: true };

describe('the check of who may send', () => {
  it('finds one address with TLS required good', () => {
    assert.deepEqual(judged(ONE).statements, [
      {
        kind: 'limited_to_addresses',
        verdict: 'good',
        values: { addresses: ['192.0.2.10'], count: 1, certificate: null },
      },
    ]);
  });

  it('finds any server with the certificate a concern', () => {
    const { verdict, statements } = judged({ ...ANY, TlsSenderCertificateName: 'Mail.example.com' });
    assert.equal(verdict, 'concern');
    assert.deepEqual(statements[0].values, { certificate: 'mail.example.com', anyDomain: true });
  });

  it('reads the host out of a distinguished name with its issuer', () => {
    const named = '<I>CN=Example CA, O=Example<S>CN=mail.example.com, O=Example';
    assert.deepEqual(judged({ TlsSenderCertificateName: named }).statements[0].values, {
      certificate: 'mail.example.com',
      anyDomain: true,
    });
  });

  it('finds a /8 bad, and a certificate that any host of a domain has a concern', () => {
    assert.equal(judged({ ...ONE, SenderIPAddresses: ['11.0.0.0/8'] }).verdict, 'bad');
    assert.ok(kinds({ TlsSenderCertificateName: '*.example.com' }).includes('wildcard_certificate'));
  });

  it('finds no restriction at all bad', () => {
    assert.deepEqual(kinds({ SenderDomains: ['smtp:example.com;1'] }), ['no_restriction']);
    assert.equal(judged({}).verdict, 'bad');
  });

  it('does not count an address that no server on the Internet can have, nor an entry that is no address', () => {
    const { statements } = judged({ ...ONE, SenderIPAddresses: ['192.0.2.10', '10.1.2.3', '1', '192.0.2.300'] });
    assert.deepEqual(
      statements.map(({ kind, values }) => [kind, values]),
      [
        ['unusable_addresses', { addresses: ['10.1.2.3', '1', '192.0.2.300'] }],
        ['limited_to_addresses', { addresses: ['192.0.2.10'], count: 1, certificate: null }],
      ],
    );
  });

  it('counts what a partner’s connector lists only where the connector restricts its domains to it', () => {
    const partner = { ...ONE, ConnectorType: 'Partner', TlsSenderCertificateName: 'mail.example.com' };
    assert.deepEqual(kinds(partner), ['no_restriction']);
    assert.deepEqual(kinds({ ...partner, RestrictDomainsToIPAddresses: true }), ['limited_to_addresses']);
    assert.deepEqual(kinds({ ...partner, RestrictDomainsToCertificate: true }), ['any_server_with_certificate']);
    assert.deepEqual(kinds({ ...partner, ConnectorType: 'OnPremises' }), ['limited_to_addresses']);
  });

  it('does not find a partner’s connector bad, through which nobody can relay', () => {
    assert.equal(judged({ ...ANY, ConnectorType: 'Partner', RequireTls: true }).verdict, 'concern');
    assert.equal(judged({ ...ANY, ConnectorType: 'OnPremises', RequireTls: true }).verdict, 'bad');
  });

  it('is unknown when Exchange did not return the configuration', () => {
    assert.equal(judged(null).verdict, 'unknown');
  });

  it('never improves when one more range may send', () => {
    const prefix = fc.integer({ min: 1, max: 32 }).map((bits) => `198.51.100.0/${bits}`);
    const settings = fc.record({
      SenderIPAddresses: fc.array(prefix, { minLength: 1, maxLength: 5 }),
      RequireTls: fc.boolean(),
      TlsSenderCertificateName: fc.constantFrom(null, 'mail.example.com', '*.example.com'),
    });
    fc.assert(
      fc.property(settings, prefix, (before, added) => {
        const after = { ...before, SenderIPAddresses: [...before.SenderIPAddresses, added] };
        assert.ok(VERDICTS.indexOf(judged(after).verdict) >= VERDICTS.indexOf(judged(before).verdict));
      }),
    );
  });
});
