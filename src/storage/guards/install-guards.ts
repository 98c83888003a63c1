import { type Kysely, sql, type Transaction } from 'kysely';
import { isPostgres } from '../postgres/dialect.ts';
import type { Schema } from '../schema.ts';
import { GUARDED_TABLES, GUARDS, type Guard } from './guards.ts';

/** A trigger, the statements that create it and its expected definition. */
type Trigger = {
  readonly name: string;
  readonly table: string;
  readonly create: readonly string[];
  /** The definition that the database returns for an unchanged trigger. */
  readonly definition: string;
};

/**
 * Creates every guard that is missing, disabled or changed, and returns the names. Must run in a transaction, so that the guards
 * are never absent.
 */
export async function installGuards(trx: Transaction<Schema>): Promise<readonly string[]> {
  const expected = isPostgres(trx) ? await postgresTriggers(trx) : GUARDS.map(sqliteTrigger);
  const found = isPostgres(trx) ? await readPostgres(trx) : await readSqlite(trx);
  const missing = expected.filter(({ name, table, definition }) => found.get(`${table}.${name}`) !== definition);
  for (const { create } of missing) for (const statement of create) await sql.raw(statement).execute(trx);
  return [...new Set(missing.map(({ name }) => name))];
}

function sqliteTrigger({ name, before, table, when }: Guard): Trigger {
  const trigger = `create trigger ${name} before ${before} on ${table} when ${when}
    begin select raise(abort, '${name}'); end`;
  return { name, table, create: [`drop trigger if exists ${name}`, trigger], definition: normalized(trigger) };
}

async function readSqlite(db: Kysely<Schema>): Promise<ReadonlyMap<string, string>> {
  type Row = { readonly name: string; readonly tbl_name: string; readonly sql: string };
  const { rows } = await sql<Row>`select name, tbl_name, sql from sqlite_schema where type = 'trigger'`.execute(db);
  return new Map(rows.map((row) => [`${row.tbl_name}.${row.name}`, normalized(row.sql)]));
}

/** The condition is in the function, because the condition of a PostgreSQL trigger cannot contain a subquery. */
async function postgresTriggers(db: Kysely<Schema>): Promise<readonly Trigger[]> {
  const { rows } = await sql<{ readonly name: string }>`select quote_ident(current_schema()) as name`.execute(db);
  const schema = rows[0]?.name ?? 'public';
  const guards = GUARDS.map(({ name, before, table, when }) => {
    const row = before === 'delete' ? 'old' : 'new';
    const body = `begin if ${when} then raise exception '${name}'; end if; return ${row}; end`;
    return postgresTrigger({ name, before, table, body, each: 'row', schema });
  });
  const name = 'nothing_is_truncated';
  const body = `begin raise exception '${name}'; end`;
  const truncation = { name, before: 'truncate', body, each: 'statement', schema } as const;
  return [...guards, ...GUARDED_TABLES.map((table) => postgresTrigger({ ...truncation, table }))];
}

type PostgresTrigger = {
  readonly name: string;
  readonly before: string;
  readonly table: string;
  readonly body: string;
  readonly each: 'row' | 'statement';
  readonly schema: string;
};

function postgresTrigger({ name, before, table, body, each, schema }: PostgresTrigger): Trigger {
  // Without its own search path, the guard would read a writer's temporary table named `audit`.
  const settings = `search_path=${schema}, pg_temp`;
  const trigger = `trigger ${name} before ${before} on ${table} for each ${each} execute function ${name}()`;
  return {
    name,
    table,
    create: [
      `create or replace function ${name}() returns trigger language plpgsql set search_path = ${schema}, pg_temp
         as $$ ${body} $$`,
      `drop trigger if exists ${name} on ${table}`,
      `create ${trigger}`,
      // Otherwise a session with `session_replication_role = replica` would bypass the trigger.
      `alter table ${table} enable always trigger ${name}`,
    ],
    definition: normalized(`always create ${trigger} ${settings} ${body}`),
  };
}

async function readPostgres(db: Kysely<Schema>): Promise<ReadonlyMap<string, string>> {
  type Row = { readonly name: string; readonly table: string; readonly definition: string };
  const { rows } = await sql<Row>`select t.tgname as name, c.relname as "table",
      case t.tgenabled when 'A' then 'always ' else '' end
        || replace(pg_get_triggerdef(t.oid), quote_ident(current_schema()) || '.', '')
        || ' ' || coalesce(array_to_string(p.proconfig, ' '), '') || ' ' || p.prosrc as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and c.relnamespace = to_regnamespace(quote_ident(current_schema()))`.execute(db);
  return new Map(rows.map(({ name, table, definition }) => [`${table}.${name}`, normalized(definition)]));
}

function normalized(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
