import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/teams/turns/commands.ts';
import { similarNames } from '../../../src/teams/turns/similar-names.ts';

describe('a typed decision', () => {
  const ending = (text: string) => {
    const { kind, ...rest } = parseCommand(text);
    return [kind, 'code' in rest ? rest.code : undefined, 'reason' in rest ? rest.reason : undefined];
  };

  it('has its code with or without a mention, in any case, with or without a full stop', () => {
    for (const text of [
      'confirm 7K2P',
      'CONFIRM 7K2P.',
      '<at>Connector Guard</at> confirm 7K2P',
      '最終承認 7K2P',
      '最終承認　７Ｋ２Ｐ。',
    ]) {
      assert.deepEqual(ending(text), ['confirm', '7K2P', null], text);
    }
  });

  it('takes what follows the code as the reason', () => {
    assert.deepEqual(ending('reject 7K2P still 4,000 messages an hour'), [
      'reject',
      '7K2P',
      'still 4,000 messages an hour',
    ]);
    assert.deepEqual(ending('却下 7K2P 送信量が多い'), ['reject', '7K2P', '送信量が多い']);
    assert.deepEqual(ending('取り下げ 7K2P'), ['withdraw', '7K2P', null]);
  });

  it('have a reason without control characters and half emoji, also where a long one is cut', () => {
    assert.deepEqual(ending('reject 7K2P too\u0000much\ud83d'), ['reject', '7K2P', 'too much\ufffd']);
    const [, , reason = ''] = ending(`reject 7K2P ${'x'.repeat(987)}😀`);
    assert.ok(reason?.isWellFormed());
  });

  it('without a code is a question', () => {
    assert.deepEqual(ending('confirm'), ['confirm', null, null]);
    assert.deepEqual(parseCommand('approve'), { kind: 'approve', text: null });
  });

  it('to stop break-glass is read in both languages, with or without a code', () => {
    for (const text of [
      'stop break-glass 7K2P',
      '<at>Connector Guard</at> Stop Break Glass 7K2P.',
      'STOP BREAKGLASS 7K2P now',
      'stop the break\u2011glass 7K2P',
      'cancel break–glass 7K2P',
      '緊急解除を中止 7K2P',
      '緊急解除　を　中止してください　７Ｋ２Ｐ。',
      '緊急解除停止 7K2P',
    ]) {
      assert.deepEqual(parseCommand(text), { kind: 'stop_break_glass', code: '7K2P' }, text);
    }
    for (const text of ['stop break-glass', 'Stop break-glass!', '緊急解除を中止', '緊急解除を中止してください。'])
      assert.deepEqual(parseCommand(text), { kind: 'stop_break_glass', code: null }, text);
    for (const text of ['stop', 'stop drill 7K2P', 'break-glass 7K2P', '緊急解除', 'stop break-glasses'])
      assert.notEqual(parseCommand(text).kind, 'stop_break_glass', text);
  });

  it('to approve begins with a name or a code, which keep their case', () => {
    for (const text of [
      'approve Relay Tokyo',
      'unblock Relay Tokyo',
      'Unblock connector Relay Tokyo',
      '承認 Relay Tokyo',
    ]) {
      assert.deepEqual(parseCommand(text), { kind: 'approve', text: 'Relay Tokyo' }, text);
    }
  });
});

describe('a misspelled message', () => {
  const READ_AS: readonly (readonly [string, unknown])[] = [
    ['staus conectors', { kind: 'status', name: null }],
    ['status conectors Relay Tokyo', { kind: 'status', name: 'Relay Tokyo' }],
    ['histroy Relay Tokyo', { kind: 'history', name: 'Relay Tokyo' }],
    ['hlep', { kind: 'help' }],
    ['ステタス', { kind: 'status', name: null }],
    ['コネクタの情態', { kind: 'status', name: null }],
    ['what is this', { kind: 'unknown' }],
    ['is anything restricted?', { kind: 'status', name: null }],
    ['制限されているコネクタは?', { kind: 'status', name: null }],
    ['stop break glas 7K2P', { kind: 'stop_break_glass', code: null }],
    ['緊急解除を止めて 7K2P', { kind: 'stop_break_glass', code: null }],
    ['please unblock the connector Relay Tokyo', { kind: 'approve', text: null }],
    ['Relay Tokyo をブロック解除して', { kind: 'approve', text: null }],
  ];
  for (const [text, command] of READ_AS) {
    it(`is read as it was meant: ${text}`, () => assert.deepEqual(parseCommand(text, 'forgiving'), command));
  }

  it('never becomes a decision', () => {
    for (const text of ['aprove Relay Tokyo', 'confrm 7K2P', 'rejct 7K2P', 'wach here']) {
      assert.deepEqual(parseCommand(text, 'forgiving'), { kind: 'unknown' }, text);
    }
  });

  it('in a channel, where it may be meant for people, is left as it is', () => {
    for (const text of ['staus conectors', 'is anything restricted?', 'please unblock the connector Relay Tokyo'])
      assert.deepEqual(parseCommand(text), { kind: 'unknown' }, text);
  });

  it('still finds the connector it names', () => {
    const connectors = ['Relay Tokyo', 'Relay Osaka', 'Fax'].map((name) => ({ id: name, name }));
    assert.deepEqual(similarNames('Rlay Tokyo', connectors), ['Relay Tokyo']);
    assert.deepEqual(similarNames('Fix', connectors), ['Fax']);
    assert.deepEqual(similarNames('Printer', connectors), []);
  });

  it('of thanks is answered kindly, not with help', () => {
    for (const text of ['thanks', 'Thank you!', 'ありがとうございます', 'ありがとう']) {
      assert.deepEqual(parseCommand(text), { kind: 'thanks' }, text);
    }
  });
});
