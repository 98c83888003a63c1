import assert from 'node:assert/strict';
import { CHECKS, type Finding, finding } from '../../../src/incident/model/finding.ts';
import { stripLines } from '../../../src/teams/cards/findings-strip.ts';
import type { Locale } from '../../../src/teams/locales/locale.ts';
import { restricted, T0 } from '../incident/history.ts';

const good = (check: Finding['check']) =>
  finding(check, [{ kind: 'unchanged_since', verdict: 'good', values: { at: T0 } }], T0);

function strip(findings: readonly Finding[] | undefined, more: object = {}, locale: Locale = 'en-US'): string {
  return JSON.stringify(stripLines({ ...restricted(), ...more, ...(findings && { findings }) }, locale));
}

describe('the findings on the first screen', () => {
  it('count the checks without a result as not checked while others have one', () => {
    const early = CHECKS.filter((check) => !['traffic', 'senders', 'sending_addresses'].includes(check)).map(good);
    assert.match(strip(early), /Traffic: no result yet.*Senders: no result yet.*Not checked: Sending addresses · 6 OK/);
    assert.match(strip(early, {}, 'ja-JP'), /メール量: 結果はまだありません.*未調査: 送信元アドレス · 問題なし 6 件/);
    assert.doesNotMatch(strip(CHECKS.map(good)), /[Nn]ot checked|no result/);
  });

  it('do not count the checks that a drill has no imaginary result for', () => {
    assert.doesNotMatch(strip([good('accounts')], { drill: true }), /[Nn]ot checked|no result/);
  });

  it('say that there is no result while no check has one', () => {
    assert.match(strip(undefined), /No check results yet/);
  });
});
