import assert from 'node:assert/strict';
import { statementInMessage, statementInShort, statementOnCard } from '../../../src/teams/cards/finding-text.ts';
import { strings } from '../../../src/teams/locales/locale.ts';

const HOSTILE = '{{DATE(2026-01-01)}}\u202egro.[x](https://evil.example)<at>everyone</at>';

describe('a statement in words', () => {
  it('shows what comes from outside literally, on a card and in a message', () => {
    const statement = { kind: 'wide_range', verdict: 'bad', values: { range: HOSTILE, count: 3 } } as const;
    const card = statementOnCard(statement, 'en-US');
    assert.doesNotMatch(card, /\{\{|\u202e/);
    assert.doesNotMatch(statementInMessage(statement, { locale: 'en-US' }), /<at>|\u202e/);
  });

  it('cuts values that no address or name has, so that the sentence is still read', () => {
    const values = { certificate: 'x'.repeat(5_000) };
    assert.ok(statementOnCard({ kind: 'wildcard_certificate', verdict: 'concern', values }, 'ja-JP').length < 200);
  });

  it('is in the language of the reader, numbers too', () => {
    const statement = {
      kind: 'wide_range',
      verdict: 'bad',
      values: { range: '11.0.0.0/8', count: 16_777_216 },
    } as const;
    assert.equal(statementOnCard(statement, 'en-US'), '11.0.0.0/8 lets 16,777,216 addresses send.');
    assert.equal(statementOnCard(statement, 'ja-JP'), '11.0.0.0/8 により 16,777,216 個のアドレスから送信できます。');
  });

  it('is short enough for the first screen of a phone, and whole where there is no short sentence', () => {
    const values = { source: 'hunting', atLeast: true, judged: 2_513, messages: 4_120, percent: 61, since: 0 } as const;
    const judged = { kind: 'judged_mail', verdict: 'bad', values } as const;
    assert.equal(statementInShort(judged, 'en-US'), 'Spam, phish or malware: at least 2,513 of 4,120 messages');
    assert.equal(statementInShort(judged, 'ja-JP'), 'スパム・フィッシング等: 4,120 通中少なくとも 2,513 通');
    const range = { kind: 'wide_range', verdict: 'bad', values: { range: '11.0.0.0/8', count: 9 } } as const;
    assert.equal(statementInShort(range, 'en-US'), statementOnCard(range, 'en-US'));
    const english = Object.keys(strings('en-US').findings.inShort).toSorted();
    assert.deepEqual(Object.keys(strings('ja-JP').findings.inShort).toSorted(), english);
  });

  it('never shows a share that is smaller than one percent as none', () => {
    const values = { domains: ['spam.example'], count: 1, messages: 3, percent: 0 };
    const few = { kind: 'unregistered_domains', verdict: 'concern', values } as const;
    assert.match(statementInShort(few, 'en-US'), /^under 1% of its mail/);
    assert.match(statementOnCard(few, 'ja-JP'), /^3 通 \(1% 未満\)/);
  });

  it('separates Latin letters from Japanese, as Microsoft’s texts do', () => {
    const from = (source: 'exchange' | 'audit_log') =>
      statementOnCard({ kind: 'no_answer_in_time', verdict: 'unknown', values: { source } }, 'ja-JP');
    assert.equal(from('exchange'), '未調査: Exchange Online から時間内に応答がありませんでした。');
    assert.equal(from('audit_log'), '未調査: 監査ログから時間内に応答がありませんでした。');
  });

  it('has a sentence for every kind in every language, and none is the same in two', () => {
    const [english, japanese] = [strings('en-US').findings, strings('ja-JP').findings];
    assert.deepEqual(Object.keys(english.statements).toSorted(), Object.keys(japanese.statements).toSorted());
    assert.notDeepEqual(english.checks, japanese.checks);
  });
});

describe('the volume that a new connector should keep to', () => {
  const day = { source: 'trace', atLeast: false, days: 3 } as const;

  it('is called the bot’s suggestion, because Microsoft publishes none', () => {
    const found = [
      { kind: 'warming_up', verdict: 'good', values: { ...day, today: 400 } },
      { kind: 'growth_too_fast', verdict: 'bad', values: { ...day, messages: 900, before: 100, schedule: [200, 400] } },
    ] as const;
    for (const statement of found) {
      assert.match(statementInMessage(statement, { locale: 'en-US' }), /this bot suggests/);
      assert.match(statementInMessage(statement, { locale: 'ja-JP' }), /このボットの目安/);
    }
    for (const [locale, suggestion] of [
      ['en-US', 'This bot suggests'],
      ['ja-JP', 'このボットの目安'],
    ] as const)
      assert.ok(strings(locale).followUp.tasks.warm_up.includes(suggestion));
  });
});
