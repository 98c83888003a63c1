import { readdir, readFile, readlink } from 'node:fs/promises';

const TCP = '/proc/net/tcp';
const LOCAL_ADDRESS = 1;
const INODE = 9;

/** Which of these processes holds the connection that comes from this local port; undefined when that is not known (it is known on Linux only). */
export async function ownerOf(port: number, pids: readonly number[]): Promise<number | undefined> {
  const inode = await inodeOf(port);
  if (inode === undefined) return undefined;
  for (const pid of pids) if (await holds(pid, `socket:[${inode}]`)) return pid;
  return undefined;
}

async function inodeOf(port: number): Promise<string | undefined> {
  const table = await readFile(TCP, 'utf8').catch(() => '');
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const row = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[LOCAL_ADDRESS]?.endsWith(suffix) && columns[INODE] !== '0');
  return row?.[INODE];
}

async function holds(pid: number, socket: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const entries = await readdir(folder).catch(() => []);
  const links = await Promise.all(entries.map((entry) => readlink(`${folder}/${entry}`).catch(() => '')));
  return links.includes(socket);
}
