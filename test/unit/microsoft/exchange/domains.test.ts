import assert from 'node:assert/strict';
import { createAcceptedDomains } from '../../../../src/microsoft/exchange/accepted-domains.ts';
import { createDkimSigning } from '../../../../src/microsoft/exchange/dkim-signing.ts';
import { openExchange } from './open-exchange.ts';

describe('the tenant’s domains', () => {
  let opened: Awaited<ReturnType<typeof openExchange>>;
  beforeEach(async () => {
    opened = await openExchange(() => Date.UTC(2026, 10, 24, 9));
  });
  afterEach(() => opened.tenant.stop());

  it('are in the form in which DNS has them', async () => {
    const rows = [
      { DomainName: 'Contoso.example', MatchSubDomains: true },
      { DomainName: '例え.example', MatchSubDomains: false },
    ];
    opened.tenant.exchange.answerCmdlet('Get-AcceptedDomain', () => rows);
    assert.deepEqual((await createAcceptedDomains(opened.client)()).items, [
      { domain: 'contoso.example', withSubdomains: true },
      { domain: 'xn--r8jz45g.example', withSubdomains: false },
    ]);
  });

  it('are signed only as far as their keys are in DNS', async () => {
    const statuses = ['Valid', 'CnameMissing', 'NoDKIMKeys', undefined];
    opened.tenant.exchange.answerCmdlet('Get-DkimSigningConfig', () =>
      statuses.map((Status, number) => ({ Domain: `d${number}.example`, Enabled: true, Status })),
    );
    assert.deepEqual(
      (await createDkimSigning(opened.client)()).items.map(({ keysMissing }) => keysMissing),
      [false, true, true, false],
    );
  });
});
