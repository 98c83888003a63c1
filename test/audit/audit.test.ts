import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { auditCommand } from '../../src/audit/command.ts';
import { csvLine, jsonLine } from '../../src/audit/format.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { appendAudit, readAudit, readAuditHead } from '../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { AOI, T0 } from '../incident/history.ts';
import { describeOnBothDatabases } from '../storage/open-test-database.ts';

const MAIN = fileURLToPath(new URL('../../src/audit/main.ts', import.meta.url));

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
        action: 'approve',
        incidentId: randomUUID(),
        connectorId: null,
        actor: AOI,
        details: { reason: '=1+1, "quoted"' },
      }),
    );
  const verdict = async (anchor: Awaited<ReturnType<typeof readAuditHead>> | null = null) => {
    const it = await verifyAudit(database.db, anchor);
    return it.kind === 'intact' ? it.kind : `${it.seq}: ${it.why}`;
  };
  /** What only the owner of the database can do: the triggers in the way are gone. */
  const asOwner = async () => {
    for (const rule of ['audit_entries_are_never_changed', 'audit_entries_are_never_deleted']) {
      const on = url.startsWith('file:') ? '' : ' on audit';
      await sql.raw(`drop trigger ${rule}${on}`).execute(database.db);
    }
  };
  const change = (seq: number) =>
    database.db.updateTable('audit').set({ actor_name: 'Somebody else' }).where('seq', '=', seq);
  const remove = (seq: number) => database.db.deleteFrom('audit').where('seq', '>=', seq);

  it('is intact as it was written', async () => {
    assert.equal(await verdict(), 'intact');
    assert.equal(await verdict(await readAuditHead(database.db)), 'intact');
  });

  it('cannot be changed or deleted by whoever writes to it', async () => {
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

  it('shows that its end was cut off', async () => {
    await asOwner();
    await remove(10).execute();
    assert.match(await verdict(), /^10: the end of the trail is missing/);
  });

  it('shows that it was cut off and written anew, to who has noted its head elsewhere', async () => {
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

  it('keeps one chain when many write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, entry) => append(entry)));
    assert.equal(await verdict(), 'intact');
  });

  it('is intact while the service goes on writing', async () => {
    const writing = (async () => {
      for (let entry = 12; entry < 80; entry += 1) await append(entry);
    })();
    for (let look = 0; look < 20; look += 1) assert.equal(await verdict(), 'intact');
    await writing;
    assert.equal(await verdict(), 'intact');
  });

  it('shows entries beyond its end', async () => {
    const [ninth] = await database.db.selectFrom('audit').selectAll().where('seq', '=', 9).execute();
    const hash = ninth?.hash ?? '';
    await database.db.updateTable('audit_head').set({ seq: 9, hash }).execute();
    assert.match(await verdict(), /^12: it was added beyond the end/);
    await database.db.updateTable('audit_head').set({ hash: 'another' }).execute();
    assert.match(await verdict(), /^9: it is not the entry the head of the trail names/);
  });

  it('is exported by time, as CSV that no spreadsheet runs and as JSON', async () => {
    const rows = [];
    for await (const row of readAudit(database.db, T0 + 2000, T0 + 4000)) rows.push(row);
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      [3, 4],
    );
    const [row] = rows;
    assert.ok(row);
    assert.match(csvLine({ ...row, actor_name: '=HYPERLINK("x")' }), /"'=HYPERLINK\(""x""\)"/);
    assert.equal(JSON.parse(jsonLine(row)).details.reason, '=1+1, "quoted"');
  });

  it('is verified from the command line while the service runs', () => {
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [MAIN, ...words], {
        env: { PATH: process.env.PATH, DATABASE_URL: url },
        encoding: 'utf8',
      });
    const verified = run('verify');
    assert.equal(verified.status, 0, verified.stderr);
    assert.match(verified.stdout, /Intact: 12 entries\.\n.*12:[0-9a-f]{64}/);
    assert.equal(run('export', '--format', 'csv').stdout.trim().split('\r\n').length, 13);
    assert.equal(run('explode').status, 2);
  });
});

describe('the audit command', () => {
  it('says what it does not understand', () => {
    for (const words of [
      [],
      ['verify', '--anchor', 'x'],
      ['export', '--from', 'soon'],
      ['export', '--format', 'xml'],
      ['verify', '--what'],
    ]) {
      assert.equal(auditCommand(words).kind, 'usage', words.join(' '));
    }
  });

  it('takes dates as UTC days or instants', () => {
    const command = auditCommand(['export', '--from', '2026-11-24', '--to', '2026-11-25T00:00:00Z']);
    assert.deepEqual(command, {
      kind: 'export',
      format: 'jsonl',
      from: Date.UTC(2026, 10, 24),
      to: Date.UTC(2026, 10, 25),
    });
  });
});
