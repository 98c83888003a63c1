import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { finding } from '../../../src/incident/model/finding.ts';
import { htmlOf } from '../../../src/report/html.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/report.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { createWorkflow } from '../../../src/workflow/workflow.ts';
import { childEnv } from '../../run/child-env.ts';
import { AOI, approve, BEN, CONNECTOR, confirm, play, restricted, T0 } from '../incident/history.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

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
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
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

describe('npm run report', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, ['src/report/main.ts', ...args], { env }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && 'stderr' in error) return { ...error, stdout: '' };
      throw error;
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    const DATABASE_URL = `file:${join(folder, 'incidents.sqlite')}`;
    env = { ...childEnv(), DATABASE_URL };
    const database = await openDatabase(DATABASE_URL);
    const workflow = createWorkflow({ db: database.db, clock: () => T0, newId: randomUUID, log: silentLog });
    await workflow.open({ kind: 'applied', incident: restricted(), effects: [] });
    await database.close();
  });
  after(() => rm(folder, { recursive: true }));

  it('writes HTML and Markdown with the entries of the audit trail', async () => {
    const { stdout } = await run('incident-1', '--to', folder);
    const [page = '', text = ''] = stdout.trim().split('\n');
    assert.match(await readFile(page, 'utf8'), /^<!doctype html>/);
    assert.match(await readFile(text, 'utf8'), /· 1:[0-9a-f]{16} \| opened · applied/);
  });

  it('lists the incidents, and reports an unknown one', async () => {
    assert.match((await run('--list')).stdout, /^incident-1 .* restricted {2}Relay from Osaka\n$/);
    const missing = await run('incident-2');
    assert.ok('code' in missing && missing.code === 1 && /--list shows the latest/.test(String(missing.stderr)));
    const wrong = await run();
    assert.ok('code' in wrong && wrong.code === 2);
  });
});
