import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unblockCommand } from '../../../src/teams/cards/links.ts';
import { reminderText } from '../../../src/teams/cards/messages/reminder-text.ts';
import { answerText, replyText } from '../../../src/teams/cards/messages/sentences.ts';
import { alertComment, unblockReason } from '../../../src/teams/cards/records.ts';
import { localeOf, strings } from '../../../src/teams/locales/locale.ts';
import { parseCommand } from '../../../src/teams/turns/commands.ts';
import { noSuchConnector } from '../../../src/teams/turns/similar-names.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlass,
  breakGlassOver,
  breakGlassUnblocking,
  breakGlassVerifying,
  CONNECTOR,
  play,
  restricted,
  T0,
  unblocking,
} from '../incident/history.ts';
import { NASTY } from './card-states.ts';
import { worstIncident } from './worst-incident.ts';

describe('parsing a message', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['status connectors', { kind: 'status', name: null }],
    ['<at>Connector Guard</at>  Status   CONNECTORS ', { kind: 'status', name: null }],
    ['<p><at id="0">Guard</at>&nbsp;status connectors Relay &amp; Co</p>', { kind: 'status', name: 'Relay & Co' }],
    ['status connectors "Relay from Osaka"', { kind: 'status', name: 'Relay from Osaka' }],
    ['status connector Relay', { kind: 'status', name: 'Relay' }],
    ['ｓｔａｔｕｓ　ｃｏｎｎｅｃｔｏｒｓ', { kind: 'status', name: null }],
    ['コネクタの状態', { kind: 'status', name: null }],
    ['コネクタの状態　大阪リレー', { kind: 'status', name: '大阪リレー' }],
    ['コネクタ 状態 大阪リレー', { kind: 'status', name: '大阪リレー' }],
    ['受信コネクタのステータス', { kind: 'status', name: null }],
    ['Status?', { kind: 'status', name: null }],
    ['connectors status', { kind: 'status', name: null }],
    ['status connectors Relay Inc.', { kind: 'status', name: 'Relay Inc.' }],
    ['ここに通知してください。', { kind: 'watch_here' }],
    ['help!', { kind: 'help' }],
    ['？', { kind: 'help' }],
    ['History', { kind: 'history', name: null }],
    ['履歴 Relay', { kind: 'history', name: 'Relay' }],
    ['watch here', { kind: 'watch_here' }],
    ['confirm channel 1A2B3C', { kind: 'confirm_channel', code: '1A2B3C' }],
    ['Reject channel 1a2b3c', { kind: 'reject_channel', code: '1a2b3c' }],
    ['confirm channel', { kind: 'confirm_channel', code: '' }],
    ['チャネル変更を承認 1A2B3C', { kind: 'confirm_channel', code: '1A2B3C' }],
    ['チャネルの変更を却下　1A2B3C', { kind: 'reject_channel', code: '1A2B3C' }],
    ['ここに通知', { kind: 'watch_here' }],
    ['HELP', { kind: 'help' }],
    ['Hello!', { kind: 'greeting' }],
    ['こんにちは', { kind: 'greeting' }],
    ['status connectors relay.\u200bexample', { kind: 'status', name: 'relay.example' }],
    ['unblock everything', { kind: 'approve', text: 'everything' }],
    ['', { kind: 'unknown' }],
  ];
  for (const [text, command] of cases) {
    it(`reads "${text}"`, () => assert.deepEqual(parseCommand(text), command));
  }
});

describe('the texts for people', () => {
  it('answers in the language of the asker', () => {
    for (const japanese of ['ja', 'ja-JP', 'JA-jp', 'ja_JP']) assert.equal(localeOf(japanese, 'en-US'), 'ja-JP');
    for (const other of ['de-DE', 'jav', 'en-GB']) assert.equal(localeOf(other, 'ja-JP'), 'en-US');
    assert.equal(localeOf(undefined, 'ja-JP'), 'ja-JP');
  });

  it('has a sentence for every refusal and every click, in both languages', () => {
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const { refusals, applied, repeated } = strings(locale).sentences;
      const texts = [...Object.values(refusals), ...Object.values(applied), ...Object.values(repeated)];
      for (const it of texts) assert.ok((typeof it === 'string' ? it : it('x', 'y')).length > 10);
    }
    const refused = { kind: 'refused', refusal: { reason: 'own_approval' } } as const;
    assert.match(answerText(refused, 'en-US'), /different admin/);
    assert.match(
      answerText({ kind: 'applied', click: 'confirm', incident: unblocking() }, 'ja-JP'),
      /最終承認しました/,
    );
  });

  it('mentions people with the same text in message and entity, whatever their name', () => {
    const { approval } = awaiting();
    assert.ok(approval);
    const people = [
      { id: '29:1', name: BEN.name },
      { id: '29:2', name: NASTY },
    ];
    const { text, entities } = replyText(
      { kind: 'approval_waiting', approval },
      awaiting(),
      { locale: 'en-US', timeZone: 'UTC' },
      people,
    );
    assert.equal(entities.length, 2);
    for (const entity of entities) {
      assert.ok('text' in entity && text.includes(String(entity.text)));
    }
    assert.doesNotMatch(text, /<img|https:/);
    assert.match(text, /Nov 24, 10:00\sAM UTC/);
  });

  for (const name of [
    'https://attacker.example/login',
    'HTTP://ATTACKER.EXAMPLE',
    'www.attacker.example',
    'attacker.example/login',
    'Support help@attacker.example',
    '接続 attacker.co.jp を見て',
  ]) {
    it(`makes no link of the name "${name}", which reads the same`, () => {
      const incident = { ...awaiting(), connector: { ...CONNECTOR, name } };
      const { approval } = awaiting();
      assert.ok(approval);
      const waiting = { ...approval, approver: { ...approval.approver, name }, reason: name };
      const refusal = { reason: 'another_approval_waiting', approver: name } as const;
      for (const text of [
        replyText({ kind: 'approval_waiting', approval: waiting }, incident, { locale: 'en-US' }, []).text,
        answerText({ kind: 'applied', click: 'acknowledge', incident }, 'ja-JP'),
        answerText({ kind: 'refused', refusal }, 'en-US'),
        noSuchConnector(name, [], 'en-US'),
      ]) {
        assert.doesNotMatch(text, /:\/\/|www\.|attacker\.(?=\p{L})|co\.jp/iu);
        assert.ok(text.replaceAll('\u200b', '').includes(name), text);
      }
    });
  }

  it('names in both languages what waits, until when, and who is mentioned', () => {
    const people = [{ id: '29:1', name: BEN.name }];
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const confirm = { kind: 'approvers', action: 'confirm', at: T0 } as const;
      const { text, entities } = reminderText(confirm, awaiting(), { locale }, people, null);
      assert.ok(text.includes(AOI.name) && text.includes(`<at>${BEN.name}</at>`) && text.includes('UTC'), text);
      assert.equal(entities.length, 1);
      const approve = { kind: 'escalation', action: 'approve', at: T0 } as const;
      const last = { ...restricted(), reminders: Array(4).fill(approve) };
      assert.match(reminderText(approve, last, { locale }, null, null).text, /last reminder|最後のリマインダー/);
      assert.match(
        reminderText(approve, restricted(), { locale }, [], T0).text,
        /Nobody in this channel|対応できる人がいません/,
      );
    }
  });

  it('sends Exchange, Defender and the thread who used break-glass and why', () => {
    for (const incident of [breakGlassUnblocking(), breakGlassVerifying(), breakGlassOver()]) {
      assert.match(unblockReason(incident), /^BREAK GLASS by 佐藤 葵 \(8a1f.*\), alone\. Reason: Payslips/);
    }
    assert.match(alertComment(breakGlassOver()), /BREAK GLASS by 佐藤 葵/);
    assert.ok(unblockReason(worstIncident(breakGlassOver(), '👨‍👩‍👧‍👦')).includes(AOI.objectId));
    const agreedBefore = { ...breakGlassVerifying(), approval: unblocking().approval };
    assert.match(unblockReason(agreedBefore), /^BREAK GLASS/);
    const [act] = breakGlassOver().breakGlassActs;
    assert.ok(act);
    const people = [{ id: '29:1', name: BEN.name }];
    for (const locale of ['en-US', 'ja-JP'] as const) {
      for (const kind of ['break_glass_started', 'break_glass_unblocked'] as const) {
        const { text, entities } = replyText({ kind, act }, breakGlassOver(), { locale }, people);
        assert.match(text, /^(BREAK GLASS|緊急解除): .*佐藤 葵|^緊急解除/);
        assert.ok(text.includes(AOI.name) && text.includes(`<at>${BEN.name}</at>`));
        assert.equal(entities.length, 1);
      }
      const stopped = { ...act, ending: { kind: 'stopped', by: BEN, at: T0 } } as const;
      assert.ok(
        replyText({ kind: 'break_glass_ended', act: stopped }, restricted(), { locale }, []).text.includes(BEN.name),
      );
    }
  });

  it('does not call settings changed that were not known before', () => {
    const bare = { ...restricted(), connector: { ...CONNECTOR, configuration: null } };
    const changes = [{ property: 'RequireTls', before: null, after: true }];
    const cause = { kind: 'configuration_changed', changes } as const;
    const agreed = play(bare, approve(AOI, T0 + 1, 'approval-1'));
    const { approval } = play(agreed, { kind: 'approval_voided', at: T0 + 2, approvalId: 'approval-1', cause });
    const alone = play(bare, breakGlass(AOI, T0 + 1, 'act-1'));
    const voided = { kind: 'break_glass_voided', at: T0 + 2, breakGlassId: 'act-1', cause } as const;
    const [act] = play(alone, voided).breakGlassActs;
    assert.ok(approval && act);
    for (const locale of ['en-US', 'ja-JP'] as const) {
      for (const reply of [
        { kind: 'approval_ended', approval } as const,
        { kind: 'break_glass_ended', act } as const,
      ]) {
        const { text } = replyText(reply, bare, { locale }, []);
        assert.match(text, /not known when|時点では不明/);
        assert.doesNotMatch(text, /RequireTls|changed|変更/);
      }
    }
  });

  it('reports when nobody in the channel can confirm', () => {
    const { approval } = awaiting();
    assert.ok(approval);
    assert.match(
      replyText({ kind: 'approval_waiting', approval }, awaiting(), { locale: 'en-US' }, []).text,
      /Nobody else/,
    );
  });

  it('shows a command whose quotes no reason can leave', () => {
    const command = unblockCommand('159eb7c4-75d7-43e2-95fe-ced44b3e0a56', "it's ‘ok’; Remove-Mailbox x ‚ ‛");
    assert.equal(command.match(/['‘’‚‛]/g)?.length, 12, 'the two around it, and five doubled');
    assert.doesNotMatch(command, /[‘’‚‛]/);
  });

  it('shows a command that PowerShell reads as four words, whatever the reason', () => {
    const quote = "['‘’‚‛]";
    // about_Quoting_Rules: within single quotes nothing is special but two quotes of any kind, which are one.
    const word = new RegExp(
      `^Remove-BlockedConnector -ConnectorId (\\S+) -Reason '((?:[^'‘’‚‛]|${quote}${quote})*)'$`,
      'u',
    );
    const part = fc.constantFrom("'", '‘', '’', '‚', '‛', '"', '`', '$(x)', ';', '|', '\\', '@{', 'ok ', '確認');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const reason = parts.join('');
        const [, id, quoted] = word.exec(unblockCommand(CONNECTOR.id, reason)) ?? [];
        assert.equal(id, CONNECTOR.id);
        assert.equal(quoted?.replaceAll("''", "'"), reason.replaceAll(new RegExp(quote, 'gu'), "'"));
      }),
    );
  });

  it('sends Exchange and Defender both names, with their object ids, on one line', () => {
    const reason = unblockReason(unblocking());
    for (const { name, objectId } of [AOI, BEN]) assert.ok(reason.includes(`${name} (${objectId})`));
    assert.doesNotMatch(reason, /\n/);
    assert.ok([...reason].length <= 500);
    const worst = unblockReason(worstIncident(unblocking(), '👨‍👩‍👧‍👦'));
    assert.ok(worst.length <= 500 && worst.includes(AOI.objectId) && worst.includes(BEN.objectId));
    const over = { ...unblocking(), ending: 'two_admins' } as const;
    assert.ok(alertComment(worstIncident(over, '界')).length <= 950);
    assert.ok(alertComment(over).includes(BEN.name));
    assert.match(alertComment({ ...restricted(), ending: 'elsewhere' }), /not by this bot/);
    assert.match(alertComment({ ...restricted(), ending: 'earlier_call' }), /may have taken effect late/);
  });
});
