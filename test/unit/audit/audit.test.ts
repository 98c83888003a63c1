import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { auditCommand } from '../../../src/audit/command.ts';
import { csvLine, jsonLine } from '../../../src/audit/format.ts';
import { type Anchor, verifyAudit } from '../../../src/audit/verify.ts';
import { appendAudit, readAudit, readAuditHead } from '../../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import type { AuditRow } from '../../../src/storage/schema.ts';
import { appliedEntry } from '../../../src/workflow/audit-entry.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, awaiting, BEN, restricted, T0 } from '../incident/history.ts';
import { dropGuards } from './tampering.ts';

describeOnBothDatabases('the audit trail', (fresh) => {
  let database: Database;
  let url: string;

  beforeEach(async () => {
    url = await fresh();
    database = await openDatabase(url);
    for (let entry = 0; entry < 12; entry += 1) await append(entry);
  });
  afterEach(() => database.close());

  const append = (entry: number) =>
    database.db.transaction().execute((trx) =>
      appendAudit(trx, {
        at: T0 + entry * 1000,
        action: 'acknowledge',
        incidentId: randomUUID(),
        connectorId: null,
        actor: AOI,
        details: { reason: '=1+1, "quoted"' },
      }),
    );
  const verdict = async (...anchors: readonly Anchor[]) => {
    const it = await verifyAudit(database.db, anchors);
    return it.kind === 'intact' ? it.kind : `${it.seq}: ${it.reason}`;
  };
  /** Drops the guards, as only the owner of the database can. */
  const asOwner = () => dropGuards(database.db);
  const change = (seq: number) =>
    database.db.updateTable('audit').set({ actor_name: 'Somebody else' }).where('seq', '=', seq);
  const remove = (seq: number) => database.db.deleteFrom('audit').where('seq', '>=', seq);

  it('is intact as it was written', async () => {
    assert.equal(await verdict(), 'intact');
    assert.equal(await verdict(await readAuditHead(database.db)), 'intact');
  });

  it('stays intact when a name or an id contains what no database stores', async () => {
    for (const name of ['Ben \ud83d', 'Be\u0000n'])
      await database.db.transaction().execute((trx) => {
        const about = { at: T0, action: 'approve_refused', incidentId: null, connectorId: `unnamed:${name}` };
        return appendAudit(trx, { ...about, actor: { ...BEN, name }, details: { shape: 2, claimed: { name } } });
      });
    assert.equal(await verdict(), 'intact');
  });

  it('is one chain of entries of both shapes, and shows a change in either', async () => {
    const event = approve(AOI, T0 + 1, 'approval-1');
    const entry = appliedEntry(restricted(), awaiting(), event, T0 + 60_000);
    await database.db.transaction().execute((trx) => appendAudit(trx, entry));
    await append(13);
    assert.equal(await verdict(), 'intact');
    const { details } = await database.db
      .selectFrom('audit')
      .select('details')
      .where('seq', '=', 13)
      .executeTakeFirstOrThrow();
    await asOwner();
    for (const forged of [details.replace(AOI.name, BEN.name), details.replace('{"shape":2,', '{"shape":1,')]) {
      assert.notEqual(forged, details);
      await database.db.updateTable('audit').set({ details: forged }).where('seq', '=', 13).execute();
      assert.match(await verdict(), /^13: it was changed/);
    }
  });

  it('cannot be changed or deleted by a client that may write to it', async () => {
    await assert.rejects(change(5).execute(), /audit_entries_are_never_changed/);
    await assert.rejects(remove(10).execute(), /audit_entries_are_never_deleted/);
    if (!url.startsWith('file:'))
      await assert.rejects(sql`truncate audit`.execute(database.db), /nothing_is_truncated/);
    assert.equal(await verdict(), 'intact');
  });

  it('shows an entry that was changed', async () => {
    await asOwner();
    await change(5).execute();
    assert.match(await verdict(), /^5: it was changed/);
  });

  it('shows an entry that was removed', async () => {
    await asOwner();
    await database.db.deleteFrom('audit').where('seq', '=', 7).execute();
    assert.match(await verdict(), /^7: an entry is missing/);
  });

  it('shows reordered entries', async () => {
    const [third, fourth] = await database.db.selectFrom('audit').selectAll().where('seq', 'in', [3, 4]).execute();
    assert.ok(third !== undefined && fourth !== undefined);
    await asOwner();
    await database.db.deleteFrom('audit').where('seq', 'in', [3, 4]).execute();
    const swapped = [
      { ...third, seq: 4 },
      { ...fourth, seq: 3 },
    ];
    await database.db.insertInto('audit').values(swapped).execute();
    assert.match(await verdict(), /^3: it does not follow/);
  });

  it('shows an entry inserted before its beginning or after its end', async () => {
    const [row] = await database.db.selectFrom('audit').selectAll().where('seq', '=', 12).execute();
    assert.ok(row !== undefined);
    await asOwner();
    await database.db
      .insertInto('audit')
      .values({ ...row, seq: 13 })
      .execute();
    assert.match(await verdict(), /^13: an entry was added past the end/);
    await database.db.updateTable('audit').set({ seq: -1 }).where('seq', '=', 13).execute();
    assert.match(await verdict(), /^1: an entry is missing/);
  });

  it('shows a missing end', async () => {
    await asOwner();
    await remove(10).execute();
    assert.match(await verdict(), /^10: the end of the trail is missing/);
  });

  it('shows that it was truncated and rewritten when its head was noted elsewhere', async () => {
    await asOwner();
    const anchor = await readAuditHead(database.db);
    await remove(10).execute();
    const [last] = await database.db.selectFrom('audit').selectAll().where('seq', '=', 9).execute();
    await database.db
      .updateTable('audit_head')
      .set({ seq: 9, hash: last?.hash ?? '' })
      .execute();
    assert.equal(await verdict(), 'intact', 'nothing shows without the anchor');
    assert.match(await verdict(anchor), /ends before the anchored entry/);
    for (let entry = 9; entry < 12; entry += 1) await append(entry);
    assert.match(await verdict(anchor), /^12: it is not the entry that was anchored/);
  });

  it('accepts the 64 bits of a hash from a log or a comment as an anchor, and several anchors at once', async () => {
    const head = await readAuditHead(database.db);
    const short = { seq: head.seq, hash: head.hash.slice(0, 16) };
    assert.equal(await verdict(short, head), 'intact');
    assert.match(await verdict(head, { seq: 3, hash: short.hash }), /^3: it is not the entry that was anchored/);
  });

  it('is verified up to its present head while entries are written', async () => {
    const writing = Array.from({ length: 30 }, (_, entry) => append(entry));
    for (let attempt = 0; attempt < 10; attempt += 1) assert.equal(await verdict(), 'intact');
    await Promise.all(writing);
    assert.equal((await readAuditHead(database.db)).seq, 42);
  });

  it('keeps one chain when many write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, entry) => append(entry)));
    assert.equal(await verdict(), 'intact');
  });

  it('shows entries beyond its end', async () => {
    await asOwner();
    const [ninth] = await database.db.selectFrom('audit').selectAll().where('seq', '=', 9).execute();
    const hash = ninth?.hash ?? '';
    await database.db.updateTable('audit_head').set({ seq: 9, hash }).execute();
    assert.match(await verdict(), /^10: an entry was added past the end/);
  });

  it('shows that its last entry is not the one its head names', async () => {
    await database.db.updateTable('audit_head').set({ hash: 'another' }).execute();
    assert.match(await verdict(), /^12: it is not the entry the head of the trail names/);
  });

  it('is exported by time, as CSV without formulas and as JSON', async () => {
    const rows: AuditRow[] = [];
    for await (const page of readAudit(database.db, { from: T0 + 2000, to: T0 + 4000 })) rows.push(...page);
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      [3, 4],
    );
    const [row] = rows;
    assert.ok(row);
    for (const start of ['=', '+', '-', '@', '＝', '\t', '\n']) {
      const line = csvLine({ ...row, actor_name: `${start}HYPERLINK("x")` });
      assert.ok(line.includes(`"'${start}HYPERLINK(""x"")"`), line);
    }
    assert.equal(JSON.parse(jsonLine(row)).details.reason, '=1+1, "quoted"');
  });
});

describe('the audit command', () => {
  it('refuses arguments that it cannot parse', () => {
    for (const words of [
      [],
      ['verify', '--anchor', 'x'],
      ['verify', '--anchor', '12:abcdef'],
      ['export', '--from', '2026-02-30'],
      ['export', '--from', '2026-11-24T09:00:00'],
      ['export', 'everything'],
      ['export', '--from', 'soon'],
      ['export', '--format', 'xml'],
      ['verify', '--what'],
    ]) {
      assert.equal(auditCommand(words).kind, 'usage', words.join(' '));
    }
  });

  it('accepts dates as UTC days or as times with a zone', () => {
    const command = auditCommand(['export', '--from', '2026-11-24', '--to', '2026-11-25T09:00:00+09:00']);
    assert.deepEqual(command, {
      kind: 'export',
      format: 'jsonl',
      from: Date.UTC(2026, 10, 24),
      to: Date.UTC(2026, 10, 25),
      bom: true,
    });
  });
});
