import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'connector-guard-run-';
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6 * 2 ** 30;

/**
 * Makes the folder in which one run of the tests keeps all its files, in memory where there is room: tests wait for the processor and
 * not for a disk. What killed runs left behind is deleted.
 */
export function makeRunFolder(): string {
  const parent = roomInMemory() ? MEMORY : tmpdir();
  for (const name of readdirSync(parent)) {
    if (name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length)))) removeRunFolder(join(parent, name));
  }
  const folder = join(parent, `${PREFIX}${process.pid}`);
  // PostgreSQL runs as a user of its own and must get through.
  mkdirSync(folder, { mode: 0o711, recursive: true });
  return folder;
}

export function removeRunFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function roomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
