import { existsSync } from 'node:fs';
import { sqliteFile } from '../../storage/sqlite/database-file.ts';
import { readServerClock, readVersion } from '../../storage/version.ts';
import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { failed, ok, warning } from '../finding.ts';
import { judgeSkew } from './clock.ts';

/** Checks whether the database exists and has the current version. The service upgrades an older one itself. */
export const examineDatabase: Examine = async ({ config, connections, strings }) => {
  const file = sqliteFile(config.databaseUrl);
  if (file !== null && !existsSync(file)) return warning(strings.database.absent);
  try {
    const version = await readVersion((await connections.openDatabase()).db);
    if (version === 'current') return ok(strings.database.ok(file === null ? 'PostgreSQL' : 'SQLite'));
    const text = strings.database[version];
    return version === 'newer' || version === 'too_old' ? failed(text) : warning(text);
  } catch (error) {
    return failed(strings.database.unreachable(failureMessage(error)));
  }
};

/** Checks the clock of the database server, which all replicas use for the times that people read. */
export const examineDatabaseClock: Examine = async ({ config, connections, clock, strings }) => {
  if (sqliteFile(config.databaseUrl) !== null) return ok(strings.databaseClock.own);
  const skew = Math.abs((await readServerClock((await connections.openDatabase()).db)) - clock());
  return judgeSkew(skew, strings.databaseClock.ok, strings.databaseClock.skewed(Math.round(skew / 1000)));
};
