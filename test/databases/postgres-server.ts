import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../network/free-port.ts';
import { administratorOf } from './postgres-databases.ts';

export type PostgresServer = {
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Stops every process of the server where it is, as a hanging disk would; gives back what lets them go on. */
  freeze(): Promise<() => void>;
  /** Stops the server, `fast` (connections are cut, all is written) or `immediate` (as a crash would), and starts it again. */
  restart(mode: 'fast' | 'immediate', downMs?: number): Promise<void>;
  stop(): Promise<void>;
};

const DEADLINE_MS = 60_000;

/** The settings of a server whose data need not survive a crash, and whose databases are many and small. */
const NOT_DURABLE = ['fsync=off', 'max_wal_size=64MB', 'shared_buffers=16MB', 'autovacuum=off', 'full_page_writes=off'];

/** Who may connect, in lines of pg_hba.conf before those that let `guard` in; and a certificate with its key, in PEM. */
export type PostgresOptions = {
  /** Whether a commit waits until it is on the disk; otherwise it does not, which suits tests. */
  readonly durable?: boolean;
  readonly access?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
};

/** Starts a PostgreSQL of our own in a temporary folder, on a free port of the loopback. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = binaries();
  const owner = systemUser();
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-pg-'));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'guard', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  restrictAccess(data, options);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=400',
    ...(options.durable ? [] : NOT_DURABLE),
    ...(options.tls === undefined ? [] : ['ssl=on']),
  ];
  const begin = () => {
    const words = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    return spawn(join(bin, 'postgres'), words, { ...owner, cwd: folder, stdio: 'ignore' });
  };
  let server = begin();
  const end = async (signal: 'SIGINT' | 'SIGQUIT') => {
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  const takeAlong = () => server.kill('SIGQUIT');
  process.once('exit', takeAlong);
  const url = (database: string) => `postgres://guard@127.0.0.1:${port}/${database}`;
  await ready(url('postgres'));
  return {
    async createDatabase() {
      const administrator = await administratorOf(url('postgres'));
      return administrator.create(null).finally(administrator.disconnect);
    },
    async freeze() {
      const pids = [...(await backends(url('postgres'))), ...(server.pid === undefined ? [] : [server.pid])];
      const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
        for (const pid of pids) process.kill(pid, name);
      };
      signal('SIGSTOP');
      return () => signal('SIGCONT');
    },
    // The signals by which `pg_ctl stop -m fast` and `-m immediate` ask (PostgreSQL: Shutting Down the Server).
    async restart(mode, downMs = 0) {
      await end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await wait(downMs);
      server = begin();
      await ready(url('postgres'));
    },
    async stop() {
      process.removeListener('exit', takeAlong);
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function restrictAccess(data: string, { access, tls }: PostgresOptions): void {
  if (access !== undefined)
    writeFileSync(join(data, 'pg_hba.conf'), `${access}\nhost all guard 127.0.0.1/32 trust\n`, { mode: 0o600 });
  if (tls === undefined) return;
  const owner = systemUser();
  for (const [name, text] of [
    ['server.crt', tls.certificate],
    ['server.key', tls.key],
  ] as const) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if (owner !== null) chownSync(join(data, name), owner.uid, owner.gid);
  }
}

/** The processes that serve connections, but for the one that answers this. */
async function backends(url: string): Promise<readonly number[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const query = 'select pid from pg_stat_activity where pid <> pg_backend_pid()';
  const { rows } = await client.query<{ readonly pid: number }>(query);
  await client.end();
  return rows.map(({ pid }) => pid);
}

/** One of PostgreSQL's own programs, of the server's version. */
export function postgresBinary(name: string): string {
  return join(binaries(), name);
}

/** The newest server Debian's packages put on this machine. */
function binaries(): string {
  const found = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1);
  const bin = process.env.POSTGRES_BIN ?? found;
  if (bin === undefined || !existsSync(join(bin, 'initdb'))) {
    throw new Error(
      'PostgreSQL is needed for these tests: apt-get install postgresql, or set POSTGRES_BIN to its bin folder',
    );
  }
  return bin;
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function systemUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(50);
    }
  }
}
