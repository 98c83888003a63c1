import assert from 'node:assert/strict';
import { PostgresAdapter, sql } from 'kysely';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { GUARDS } from '../../../../src/storage/guards/guards.ts';
import { installGuards } from '../../../../src/storage/guards/install-guards.ts';
import { describeOnBothDatabases } from '../../../databases/open-test-database.ts';
import { dropGuards } from '../../audit/tampering.ts';

describeOnBothDatabases('the guards of a database', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const install = () => database.db.transaction().execute(installGuards);
  const run = (statement: string) => sql.raw(statement).execute(database.db);
  const isPostgres = () => database.db.getExecutor().adapter instanceof PostgresAdapter;

  it('exist once it was opened, and are left alone while unchanged', async () => {
    assert.deepEqual(await install(), []);
    assert.deepEqual(await install(), []);
  });

  it('are restored by name when they were dropped', async () => {
    await dropGuards(database.db, ['approvals_keep_their_people', 'the_audit_keeps_its_head']);
    assert.deepEqual([...(await install())].sort(), ['approvals_keep_their_people', 'the_audit_keeps_its_head']);
    assert.deepEqual(await install(), []);
    await assert.rejects(run('delete from audit_head'), /the_audit_keeps_its_head/);
    await dropGuards(database.db);
    assert.equal((await install()).length, GUARDS.length);
  });

  it('are restored when they were replaced by others of the same name, or disabled', async () => {
    const changes = isPostgres()
      ? [
          'alter table audit_head disable trigger the_audit_keeps_its_head',
          'alter table audit_head enable replica trigger the_audit_keeps_its_head',
          'alter table audit_head enable trigger the_audit_keeps_its_head',
          'create or replace function the_audit_keeps_its_head() returns trigger language plpgsql as $$ begin return old; end $$',
          'alter function the_audit_keeps_its_head() reset search_path',
          `drop trigger the_audit_keeps_its_head on audit_head; create trigger the_audit_keeps_its_head
             before delete on audit_head for each row when (false) execute function the_audit_keeps_its_head();
           alter table audit_head enable always trigger the_audit_keeps_its_head`,
        ]
      : [
          `drop trigger the_audit_keeps_its_head;
           create trigger the_audit_keeps_its_head before delete on audit_head when false begin select raise(abort, 'x'); end`,
        ];
    for (const change of changes) {
      for (const statement of isPostgres() ? [change] : change.split(/(?<=head);/)) await run(statement);
      assert.deepEqual(await install(), ['the_audit_keeps_its_head'], change);
      await assert.rejects(run('delete from audit_head'), /the_audit_keeps_its_head/);
    }
  });
});
