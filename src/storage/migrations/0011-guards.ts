import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { z } from 'zod';

/** What no writer may do, whatever code it runs; and what a card shows of who can still act. */
export const guards: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('quorums')
      .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    await addColumns(db);
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    for (const guard of GUARDS) await (isPostgres ? guardPostgres(db, guard) : guardSqlite(db, guard));
    if (isPostgres) await forbidTruncation(db);
  },
};

type Guard = {
  readonly name: string;
  readonly before: 'insert' | 'update' | 'delete';
  readonly table: 'audit' | 'incidents' | 'jobs';
  /** In terms of `old` and `new`, in words both databases know. */
  readonly when: string;
};

/** A lock counts `revision` on and an alert may still be linked, so those may change after the end. */
const OF_A_FINAL_INCIDENT = ['state', 'connector_id', 'opened_at', 'ended_at', 'ending', 'approver_id', 'confirmer_id'];

const UNCONFIRMED = `new.intended_approval_id is not null and ${differs('intended_approval_id')} and not exists
  (select 1 from approvals where id = new.intended_approval_id and confirmer_id is not null) and not exists
  (select 1 from break_glass_acts where id = new.intended_approval_id and id = new.break_glass_id)`;

const GUARDS: readonly Guard[] = [
  { name: 'audit_entries_are_never_changed', before: 'update', table: 'audit', when: 'true' },
  { name: 'audit_entries_are_never_deleted', before: 'delete', table: 'audit', when: 'true' },
  {
    name: 'final_incidents_are_never_changed',
    before: 'update',
    table: 'incidents',
    when: `old.ended_at is not null and (${OF_A_FINAL_INCIDENT.map(differs).join(' or ')})`,
  },
  {
    name: 'final_incidents_are_never_deleted',
    before: 'delete',
    table: 'incidents',
    when: 'old.ended_at is not null',
  },
  {
    name: 'no_unblock_intended_without_confirmation',
    before: 'update',
    table: 'incidents',
    when: UNCONFIRMED,
  },
  {
    name: 'no_unblock_intended_from_the_start',
    before: 'insert',
    table: 'incidents',
    when: 'new.intended_approval_id is not null',
  },
  {
    name: 'no_unblock_asked_without_confirmation',
    before: 'insert',
    table: 'jobs',
    when: `new.task = 'unblock_connector' and not exists
      (select 1 from approvals where new.key = 'unblock:' || id and confirmer_id is not null) and not exists
      (select 1 from break_glass_acts where new.key = 'unblock:' || id)`,
  },
];

/** Neither database's own spelling of "is distinct from" is known to the other. */
function differs(column: string): string {
  const [before, after] = [`old.${column}`, `new.${column}`];
  return `(${before} <> ${after} or (${before} is null) <> (${after} is null))`;
}

const stored = z.looseObject({
  ending: z.string().nullish(),
  unblockCall: z.looseObject({ approvalId: z.string() }).nullish(),
});

/** Columns, because PostgreSQL reads no JSON in which a text has a NUL or half a character, and Exchange sends such texts. */
async function addColumns(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('incidents').addColumn('ending', 'text').execute();
  await db.schema.alterTable('incidents').addColumn('intended_approval_id', 'text').execute();
  const { rows } = await sql<{ id: string; document: string }>`select id, document from incidents`.execute(db);
  for (const { id, document } of rows) {
    const { ending, unblockCall } = stored.parse(JSON.parse(document));
    const intended = unblockCall?.approvalId ?? null;
    await sql`update incidents set ending = ${ending ?? null}, intended_approval_id = ${intended} where id = ${id}`.execute(
      db,
    );
  }
}

async function guardSqlite(db: Kysely<unknown>, { name, before, table, when }: Guard): Promise<void> {
  const trigger = `create trigger ${name} before ${before} on ${table} when ${when}
    begin select raise(abort, '${name}'); end`;
  await sql.raw(trigger).execute(db);
}

/** The condition is asked in the function: that of a PostgreSQL trigger may hold no subquery. */
async function guardPostgres(db: Kysely<unknown>, { name, before, table, when }: Guard): Promise<void> {
  const check = `create function ${name}() returns trigger language plpgsql as $$ begin
    if ${when} then raise exception '${name}'; end if;
    return ${before === 'delete' ? 'old' : 'new'};
  end $$`;
  await sql.raw(check).execute(db);
  const trigger = `create trigger ${name} before ${before} on ${table} for each row execute function ${name}()`;
  await sql.raw(trigger).execute(db);
}

/** Truncating a table passes by what is asked for each row. SQLite has no such statement. */
async function forbidTruncation(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function nothing_is_truncated() returns trigger language plpgsql as $$ begin
         raise exception 'nothing_is_truncated';
       end $$`,
    )
    .execute(db);
  for (const table of ['audit', 'incidents'])
    await sql
      .raw(`create trigger nothing_is_truncated before truncate on ${table} execute function nothing_is_truncated()`)
      .execute(db);
}
