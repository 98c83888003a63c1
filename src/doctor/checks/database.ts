import { constants, existsSync, statSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sqliteFile } from '../../storage/sqlite/database-file.ts';
import { readServerClock, readVersion } from '../../storage/version.ts';
import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { type Found, failed, ok, warning } from '../finding.ts';
import type { Strings } from '../locales/strings.ts';
import { judgeSkew } from './clock.ts';

/** Linux, statfs(2): `f_type` of NFS, SMB, CIFS, SMB2, 9P and Ceph. */
const NETWORK: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400]);
const MEGABYTE = 1024 * 1024;
const LOW = 200 * MEGABYTE;
const TOO_LOW = 20 * MEGABYTE;

/** Checks whether SQLite can write in the folder of its file. */
export const examineDatabaseDisk: Examine = async ({ config, strings }) => {
  const file = sqliteFile(config.databaseUrl);
  if (file === null) return ok(strings.databaseDisk.server);
  const folder = nearestFolder(dirname(resolve(file)));
  for (const path of [folder, ...(existsSync(file) ? [file] : [])]) {
    if (!(await isWritable(path)) || (path === folder && !statSync(path).isDirectory()))
      return failed(strings.databaseDisk.notWritable(path));
  }
  const { type, bavail, bsize } = await statfs(folder);
  return judgeDisk({ type, free: bavail * bsize }, strings);
};

/** Judges the disk by the type of its file system and its free space in bytes. */
export function judgeDisk({ type, free }: { readonly type: number; readonly free: number }, strings: Strings): Found {
  if (NETWORK.has(type)) return failed(strings.databaseDisk.network);
  const megabytes = Math.floor(free / MEGABYTE);
  if (free < LOW) return (free < TOO_LOW ? failed : warning)(strings.databaseDisk.low(megabytes));
  return ok(strings.databaseDisk.ok(megabytes));
}

/** Returns the nearest existing folder; the service creates the missing ones. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

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
