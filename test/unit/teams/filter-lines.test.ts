import assert from 'node:assert/strict';
import { finding } from '../../../src/incident/model/finding.ts';
import { filterLines } from '../../../src/teams/cards/forms/filter-lines.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

describe('what to paste into a page that a recommendation opens', () => {
  const incident = {
    ...restricted(),
    connector: {
      ...CONNECTOR,
      name: 'Relay {{DATE(2026-01-01T00:00:00Z)}} <b>',
      configuration: { ...CONNECTOR.configuration, SenderIPAddresses: ['192.0.2.10', '192.0.2.0/28'] },
    },
    findings: [
      finding(
        'accounts',
        [{ kind: 'account_disabled', verdict: 'concern', values: { account: 'erik@x.example' } }],
        T0,
      ),
    ],
  };
  const pasted = (id: Parameters<typeof filterLines>[0], subject: Parameters<typeof filterLines>[1] = incident) =>
    filterLines(id, subject, 'en-US')[0]?.value;

  it('is the addresses, the connector and the account, as text that nothing carries out', () => {
    assert.equal(pasted('traffic_reviewed'), '192.0.2.10, 192.0.2.0/28');
    assert.equal(pasted('changes_reviewed'), 'Relay {\u200b{DATE(2026-01-01T00:00:00Z)}} <b>');
    assert.equal(pasted('admins_secured'), 'erik@x.example');
  });

  it('is left out where nothing is known', () => {
    const unknown = { ...restricted(), connector: null, findings: [] };
    for (const id of ['traffic_reviewed', 'changes_reviewed', 'admins_secured'] as const)
      assert.deepEqual(filterLines(id, unknown, 'ja-JP'), []);
  });
});
