import assert from 'node:assert/strict';
import { attest, changedRecently } from '../../../src/incident/model/attest.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { LinkedAlert } from '../../../src/incident/model/linked-alert.ts';
import { CONNECTOR, HOUR, restricted, T0 } from './history.ts';

const DAY = 24 * HOUR;
const changedAt = (at: number | null): Incident => ({ ...restricted(), connector: { ...CONNECTOR, changedAt: at } });
const alert = (link: LinkedAlert['link']): LinkedAlert => ({
  ...{ id: link, title: 'Suspicious connector activity', status: 'new', severity: 'high', webUrl: null },
  ...{ createdAt: T0, link },
});

describe('an attestation', () => {
  it('keeps the texts of the ticked boxes only', () => {
    const wording = { language: 'ja', words: { a: '確認しました', b: '戻しました' } };
    const { language, words } = attest(restricted(), ['a'], wording);
    assert.deepEqual({ language, words }, { language: 'ja', words: { a: '確認しました' } });
  });

  it('has no texts when the card has no language', () => {
    const { language, words } = attest(restricted(), ['a'], undefined);
    assert.deepEqual({ language, words }, { language: null, words: {} });
  });

  it('distinguishes a change within 7 days before the restriction, or since, from an older one', () => {
    const began = T0 - 60_000;
    assert.equal(changedRecently(changedAt(began - 7 * DAY)), false);
    assert.equal(changedRecently(changedAt(began - 7 * DAY + 1)), true);
    assert.equal(changedRecently(changedAt(T0 + HOUR)), true);
    assert.equal(changedRecently(changedAt(null)), null);
  });

  it('keeps how the connector was found and how strongly an alert was linked to it', () => {
    const linked = (...links: readonly LinkedAlert['link'][]) =>
      attest({ ...restricted(), alerts: links.map(alert) }, [], undefined).findings.alertLink;
    assert.equal(linked(), 'none');
    assert.equal(linked('unlinked', 'nearness'), 'nearness');
    assert.equal(linked('nearness', 'named'), 'named');
    assert.equal(attest(restricted(), [], undefined).findings.match, 'guid');
  });
});
