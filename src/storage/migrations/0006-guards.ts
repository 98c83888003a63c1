import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What no writer may do, whatever code it runs; and what a card shows of who can still act. */
export const guards: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('quorums')
      .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    for (const guard of GUARDS) await (isPostgres ? guardPostgres(db, guard) : guardSqlite(db, guard));
    if (isPostgres) await forbidTruncation(db);
  },
};

type Guard = {
  readonly name: string;
  readonly before: 'insert' | 'update' | 'delete';
  readonly table: 'audit' | 'incidents' | 'jobs';
  /** In terms of `old` and `new`, in words both databases know; `json` reads a key of a text column. */
  readonly when: (json: (column: string, path: readonly string[]) => string) => string;
};

/** A lock counts `revision` on and an alert may still be linked, so those may change after the end. */
const OF_A_FINAL_INCIDENT = ['state', 'connector_id', 'opened_at', 'ended_at', 'approver_id', 'confirmer_id'];

const GUARDS: readonly Guard[] = [
  { name: 'audit_entries_are_never_changed', before: 'update', table: 'audit', when: () => 'true' },
  { name: 'audit_entries_are_never_deleted', before: 'delete', table: 'audit', when: () => 'true' },
  {
    name: 'final_incidents_are_never_changed',
    before: 'update',
    table: 'incidents',
    when(json) {
      const columns = OF_A_FINAL_INCIDENT.map((column) => differs(`old.${column}`, `new.${column}`));
      const ending = differs(json('old.document', ['ending']), json('new.document', ['ending']));
      return `old.ended_at is not null and (${[...columns, ending].join(' or ')})`;
    },
  },
  {
    name: 'final_incidents_are_never_deleted',
    before: 'delete',
    table: 'incidents',
    when: () => 'old.ended_at is not null',
  },
  ...(['insert', 'update'] as const).map(
    (before): Guard => ({
      name: `no_unblock_intended_without_confirmation_on_${before}`,
      before,
      table: 'incidents',
      when: (json) => unconfirmed(json('new.document', ['unblockCall', 'approvalId'])),
    }),
  ),
  {
    name: 'no_unblock_asked_without_confirmation',
    before: 'insert',
    table: 'jobs',
    when: (json) => `new.task = 'unblock_connector' and ${unconfirmed(json('new.payload', ['approvalId']))}`,
  },
];

/** Neither database's own spelling of "is distinct from" is known to the other. */
function differs(before: string, after: string): string {
  return `(${before} <> ${after} or (${before} is null) <> (${after} is null))`;
}

function unconfirmed(approvalId: string): string {
  const confirmed = `select 1 from approvals where id = ${approvalId} and confirmer_id is not null`;
  return `${approvalId} is not null and not exists (${confirmed})`;
}

async function guardSqlite(db: Kysely<unknown>, { name, before, table, when }: Guard): Promise<void> {
  const condition = when((column, path) => `json_extract(${column}, '$.${path.join('.')}')`);
  await sql
    .raw(
      `create trigger ${name} before ${before} on ${table} when ${condition}
       begin select raise(abort, '${name}'); end`,
    )
    .execute(db);
}

/** The condition is asked in the function, because a trigger's own may not hold a subquery, nor look at what is not there. */
async function guardPostgres(db: Kysely<unknown>, { name, before, table, when }: Guard): Promise<void> {
  const condition = when((column, path) => `((${column})::jsonb #>> '{${path.join(',')}}')`);
  await sql
    .raw(
      `create function ${name}() returns trigger language plpgsql as $$ begin
         if ${condition} then raise exception '${name}'; end if;
         return ${before === 'delete' ? 'old' : 'new'};
       end $$`,
    )
    .execute(db);
  await sql
    .raw(`create trigger ${name} before ${before} on ${table} for each row execute function ${name}()`)
    .execute(db);
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
