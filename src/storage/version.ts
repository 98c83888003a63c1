import { sql } from 'kysely';
import type { Db } from './database.ts';
import { BEFORE_FIRST_RELEASE, migrations } from './migrations/migrations.ts';

export type Version = 'empty' | 'too_old' | 'older' | 'current' | 'newer';

/** Returns how far a database is migrated, compared with this version of the service. */
export async function readVersion(db: Db): Promise<Version> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return 'empty';
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const done = new Set(rows.map(({ name }) => name));
  const ours = Object.keys(migrations);
  if (BEFORE_FIRST_RELEASE.some((name) => done.has(name))) return 'too_old';
  if ([...done].some((name) => !ours.includes(name))) return 'newer';
  if (done.size === 0) return 'empty';
  return ours.every((name) => done.has(name)) ? 'current' : 'older';
}

/** Reads the server's clock, ms since the epoch. Only PostgreSQL has one. */
export async function readServerClock(db: Db): Promise<number> {
  const query = sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`;
  const { rows } = await query.execute(db);
  return Number(rows[0]?.now);
}
