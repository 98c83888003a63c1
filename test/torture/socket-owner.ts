import { readdir, readFile, readlink } from 'node:fs/promises';

const TCP = '/proc/net/tcp';
const LOCAL_ADDRESS = 1;
const INODE = 9;
/** The kernel's table is not read in one piece: a row can be left out while other connections open and close. */
const READS = 5;

/** Which of these processes holds a connection that comes from this local port; undefined when that is not known (it is known on Linux only). */
export async function ownerOf(port: number, pids: readonly number[]): Promise<number | undefined> {
  for (let reads = 0; reads < READS; reads += 1) {
    const sockets = new Set(await socketsAt(port));
    for (const pid of pids) if (await holdsOneOf(pid, sockets)) return pid;
  }
  return undefined;
}

/** All that come from this port: processes share one when they connect to different places. */
async function socketsAt(port: number): Promise<readonly string[]> {
  const table = await readFile(TCP, 'utf8').catch(() => '');
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[LOCAL_ADDRESS]?.endsWith(suffix))
    .map((columns) => `socket:[${columns[INODE]}]`);
}

async function holdsOneOf(pid: number, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const entries = await readdir(folder).catch(() => []);
  const links = await Promise.all(entries.map((entry) => readlink(`${folder}/${entry}`).catch(() => '')));
  return links.some((link) => sockets.has(link));
}
