import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { finding } from '../../../src/incident/model/finding.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { huntingLink } from '../../../src/teams/cards/forms/hunting-link.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

const VIEW = { locale: 'en-US', unblockMode: 'exchange', cloud: 'public' } as const;
const queryIn = (link: string | null) => {
  const encoded = new URL(link ?? '').searchParams.get('query') ?? '';
  return gunzipSync(Buffer.from(encoded, 'base64url')).toString('utf16le');
};

describe('the link to advanced hunting', () => {
  it('opens this connector’s mail around its restriction', () => {
    const query = queryIn(huntingLink('traffic_reviewed', restricted(), VIEW));
    assert.match(query, /^EmailEvents\n/);
    assert.ok(query.includes('2026-11-22T08:59:00.000Z') && query.includes('2026-11-24T09:59:00.000Z'), query);
    assert.ok(query.includes('Connectors has "Relay from Osaka"'));
  });

  it('opens this connector’s changes, and what the account did that made the last one', () => {
    const values = { account: 'o"brien@contoso.example', at: T0 } as const;
    const findings = [finding('accounts', [{ kind: 'account_disabled', verdict: 'concern', values }], T0)];
    const changes = queryIn(huntingLink('changes_reviewed', { ...restricted(), findings }, VIEW));
    assert.match(changes, /^CloudAppEvents\n[\s\S]*endswith "-InboundConnector"[\s\S]* has "Relay from Osaka"/);
    const account = queryIn(huntingLink('admins_secured', { ...restricted(), findings }, VIEW));
    assert.match(account, /^CloudAppEvents\n[\s\S]*tostring\(RawEventData\) has "o\\"brien@contoso.example"\n/);
    assert.equal(huntingLink('admins_secured', restricted(), VIEW), null);
  });

  it('takes a connector’s name as a text that cannot end', () => {
    const connector = { ...CONNECTOR, name: 'x" or true // \n| invoke' };
    for (const id of ['traffic_reviewed', 'changes_reviewed'] as const) {
      const query = queryIn(huntingLink(id, { ...restricted(), connector }, VIEW));
      assert.ok(query.includes(' has "x\\" or true // \\n| invoke"\n'), query);
      assert.equal(query.split('\n').length, 5);
    }
  });

  it('is left out where the tenant lacks the table, and in a cloud without a known portal', () => {
    const values = { source: 'hunting', feature: 'Plan 2' } as const;
    const findings = [finding('traffic', [{ kind: 'not_licensed', verdict: 'unknown', values }], T0)];
    for (const id of RECOMMENDATIONS) {
      assert.equal(huntingLink(id, { ...restricted(), findings }, VIEW), null);
      assert.equal(huntingLink(id, restricted(), { ...VIEW, cloud: 'china' }), null);
      assert.equal(huntingLink(id, { ...restricted(), connector: null }, VIEW), null);
    }
  });

  it('stays short enough for a card with the longest name', () => {
    const connector = { ...CONNECTOR, name: '中継コネクタ'.repeat(10) };
    for (const id of RECOMMENDATIONS)
      assert.ok((huntingLink(id, { ...restricted(), connector }, VIEW) ?? '').length < 1_000);
  });
});
