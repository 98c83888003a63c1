import assert from 'node:assert/strict';
import fc from 'fast-check';
import { finding } from '../../../src/incident/model/finding.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { htmlOf } from '../../../src/report/html.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/report.ts';
import { codePoint } from '../../fuzz/code-point.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlassOver,
  breakGlassWaiting,
  CONNECTOR,
  confirm,
  play,
  refusedWith,
  restricted,
  T0,
} from '../incident/history.ts';

const SPAM = finding(
  'traffic',
  [
    {
      kind: 'judged_mail',
      verdict: 'bad',
      values: { source: 'hunting', atLeast: false, judged: 900, messages: 1_000, percent: 90, since: T0 },
    },
  ],
  T0,
);
const WICKED = `<script>alert("1")</script> | [x](https://evil.example) & 'q' \n# h`;

function material(changes: { readonly name?: string; readonly reason?: string } = {}) {
  const named = { ...restricted(), connector: { ...CONNECTOR, name: changes.name ?? 'Relay from Osaka' } };
  const approval = { ...approve(AOI, T0 + 1, 'a1'), reason: changes.reason ?? 'It is clean.' };
  const incident = { ...play(named, approval, confirm(BEN, T0 + 2, 'a1')), findings: [SPAM] };
  const followUps = [{ task: 'server', openedAt: T0, done: { by: BEN, at: T0 + 5 } }] as const;
  return { incident, entries: [], followUps, head: { seq: 7, hash: 'ab'.repeat(32) }, writtenAt: T0 + 9 };
}

const decisionsOf = (incident: Incident): string => markdownOf(reportOf({ ...material(), incident }, 'en-US'));

describe('a report on an incident', () => {
  it('contains the approvals and reasons, the findings, the tasks since, and the anchor', () => {
    const text = markdownOf(reportOf(material(), 'en-US'));
    assert.match(text, /# Restriction of Relay from Osaka/);
    assert.match(text, /\| Approved \| 佐藤 葵, 2026-11-24T09:00:00Z \|/);
    assert.match(text, /\| Confirmed \| Ben Okafor,/);
    assert.match(text, /Danger: 900 of 1,000 messages were judged spam/);
    assert.match(text, /\| Done \| Clean and patch the connected server.* Ben Okafor/);
    assert.match(text, /\| Last entry when this was written \| 7:abababababababab \|/);
  });

  it('says that no check had a result at the approval', () => {
    const text = decisionsOf(material().incident);
    assert.match(text, /## Findings when it was approved\n\n.*\n.*\n\| Checks \| No check had a result yet/);
    assert.doesNotMatch(decisionsOf(restricted()), /when it was approved/);
  });

  it('shows no character that would change the direction of the text after it', () => {
    const disguised = htmlOf(reportOf(material({ name: 'gro.\u202eelpmaxe', reason: 'a\u2066b' }), 'ja-JP'));
    assert.doesNotMatch(disguised, /[\u202e\u2066]/);
  });

  it('never shows an approval that came to nothing without its ending', () => {
    const reject = { kind: 'reject', at: T0 + 9, by: BEN, approvalId: 'approval-1', reason: 'Still spamming' } as const;
    assert.match(
      decisionsOf(play(awaiting(), reject)),
      /\| How the approval ended \| The last approval was rejected by Ben Okafor · Still spamming, 2026-11-24T/,
    );
    const withdrawn = play(awaiting(), { kind: 'withdraw', at: T0 + 9, by: AOI, approvalId: 'approval-1' });
    assert.match(decisionsOf(withdrawn), /How the approval ended \| 佐藤 葵 withdrew/);
    const expired = play(awaiting(), { kind: 'approval_expired', at: T0 + 9_999_999, approvalId: 'approval-1' });
    assert.match(decisionsOf(expired), /How the approval ended \| The last approval expired/);
    assert.doesNotMatch(decisionsOf(awaiting()), /How the approval ended/);
  });

  it('shows what Exchange answered', () => {
    assert.match(
      decisionsOf(refusedWith('no such role')),
      /\| Call to Exchange \| refused · no such role, 2026-11-24T/,
    );
  });

  it('lists the latest remarks, and says how many earlier ones only the timeline has', () => {
    const keep = (index: number) =>
      ({ kind: 'keep_restricted', at: T0 + index, by: index % 2 === 0 ? AOI : BEN, reason: `No. ${index}` }) as const;
    const kept = Array.from({ length: 23 }, (_, index) => keep(index + 1));
    const incident = play(restricted(), ...kept);
    const entries = kept.map(({ at, kind, by, reason }, index) => ({
      ...{ seq: index + 1, at, action: kind, incident_id: incident.id, connector_id: CONNECTOR.id },
      ...{ actor_id: `${by.tenantId}/${by.objectId}`, actor_name: by.name, details: JSON.stringify({ reason }) },
      ...{ previous_hash: '', hash: 'cd'.repeat(32) },
    }));
    const textOf = (locale: 'en-US' | 'ja-JP') =>
      markdownOf(reportOf({ ...material(), incident, entries }, locale)).replaceAll('\\', '');
    assert.match(textOf('en-US'), /\| Remark \| 3 earlier remarks are not listed here; the timeline has them \|/);
    assert.match(textOf('ja-JP'), /これより前の 3 件は省略しています/);
    assert.equal(textOf('en-US').match(/^\| Remark \|/gm)?.length, 21);
    const all = { ...material(), incident: play(restricted(), ...kept.slice(0, 20)), entries: entries.slice(0, 20) };
    assert.doesNotMatch(markdownOf(reportOf(all, 'en-US')), /earlier remark/);
  });

  it('lists an entry that was changed until it cannot be read', () => {
    const entry = { seq: 1, at: 1e16, action: 'approve', incident_id: 'i', connector_id: null, actor_id: null };
    const changed = { ...entry, actor_name: 'Ben', details: '{', previous_hash: '', hash: 'cd'.repeat(32) };
    const text = markdownOf(reportOf({ ...material(), entries: [changed] }, 'en-US'));
    assert.match(text, /\| 10000000000000000 · 1:cdcdcdcdcdcdcdcd \| approve · Ben \|/);
  });

  it('shows break-glass with its reason, how it ended, and its review or that it is due', () => {
    const over = breakGlassOver();
    assert.match(decisionsOf(over), /\| Break-glass \| 佐藤 葵, .*\n\| Reason \| .*\n(.*\n)*\| Review \| Review due/);
    const review = { kind: 'review_break_glass', at: T0 + 9_999_999, by: BEN, comment: 'Justified.' } as const;
    const reviewed = decisionsOf(play(over, { ...review, breakGlassId: 'act-1' }));
    assert.match(reviewed, /\| Review \| Ben Okafor · Justified\., 2026-11-24T/);
    assert.doesNotMatch(reviewed, /Review due/);
    const stopped = play(breakGlassWaiting(), { kind: 'stop_break_glass', at: T0 + 9, by: BEN, breakGlassId: 'act-1' });
    assert.match(decisionsOf(stopped), /\| How it ended \| Ben Okafor stopped the last break-glass unblock, /);
  });

  it('marks a drill', () => {
    assert.match(decisionsOf({ ...restricted(), drill: true }), /\| Drill \| This was practice: /);
    assert.doesNotMatch(decisionsOf(restricted()), /\| Drill \|/);
  });

  it('shows the kind of a remark', () => {
    const noted = play(restricted(), { kind: 'acknowledge', at: T0 + 1, by: BEN });
    assert.match(decisionsOf(noted), /\| Remark \| Ben Okafor is looking at it, 2026-11-24T/);
  });

  it('is written in Japanese too', () => {
    const page = htmlOf(reportOf(material(), 'ja-JP'));
    assert.match(page, /<html lang="ja-JP">/);
    assert.match(page, /Relay from Osaka の制限に関するレポート/);
    assert.match(page, /危険: .*判定されました/);
  });

  it('shows every external text literally, in HTML and in Markdown', () => {
    const report = reportOf(material({ name: WICKED, reason: WICKED }), 'en-US');
    const page = htmlOf(report);
    assert.ok(!page.includes('<script'), page);
    assert.ok(!/<[^>]*https:/.test(page));
    const text = markdownOf(report);
    assert.ok(!text.includes('<script'));
    assert.ok(!/(?<!\\)\[x\]/.test(text));
    assert.ok(!text.includes('://'));
  });

  it('contains no markup from any text, whatever its characters', () => {
    const shape = (text: string) => text.replaceAll(/>[^<]*</g, '><');
    const plain = shape(htmlOf(reportOf(material({ name: 'a', reason: 'a' }), 'en-US')));
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: codePoint, minLength: 1 })), (text) => {
        const report = reportOf(material({ name: text, reason: `x${text}` }), 'en-US');
        assert.equal(shape(htmlOf(report)), plain);
        const rows = report.sections.reduce((sum, { rows: its }) => sum + its.length, 0);
        const lines = markdownOf(report)
          .split('\n')
          .filter((line) => line.startsWith('| '));
        assert.equal(lines.length, rows + 2 * report.sections.length);
      }),
      { numRuns: 200 },
    );
  });
});
