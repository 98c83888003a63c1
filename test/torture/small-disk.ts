import { spawnSync } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder on a disk that can be filled. */
export type SmallDisk = {
  readonly kind: 'tmpfs' | 'limit';
  /** Wraps a command in one that limits file sizes, where no file system could be mounted. */
  readonly limit: ((command: readonly string[]) => readonly string[]) | undefined;
  /** Fills the disk. `pids` are the processes to limit where no file system could be mounted. */
  fill(pids: readonly number[]): Promise<void>;
  free(pids: readonly number[]): Promise<void>;
  close(): Promise<void>;
};

const SIZE = '24m';

/** A file system in memory where mounting one is allowed, else a limit on the size of the files the service writes. */
export async function openSmallDisk(folder: string): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]).status === 0;
  return mounted ? tmpfs(folder) : fileSizeLimit();
}

function tmpfs(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  const unmount = () => spawnSync('umount', ['-l', folder]);
  process.once('exit', unmount);
  const free = () => rm(ballast, { force: true });
  return {
    kind: 'tmpfs',
    limit: undefined,
    async fill() {
      const { bfree, bsize } = await statfs(folder);
      await writeFile(ballast, Buffer.alloc(bfree * bsize)).catch(() => undefined);
    },
    free,
    async close() {
      process.removeListener('exit', unmount);
      unmount();
    },
  };
}

/** Writing past the limit gives EFBIG instead of a signal, because the shell has the service ignore SIGXFSZ. */
function fileSizeLimit(): SmallDisk {
  const set = (pids: readonly number[], bytes: string) => {
    for (const pid of pids) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
  };
  return {
    kind: 'limit',
    limit: (command) => ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh', ...command],
    fill: async (pids) => set(pids, '4096'),
    free: async (pids) => set(pids, 'unlimited'),
    close: async () => undefined,
  };
}
