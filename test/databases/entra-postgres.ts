import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from './postgres-server.ts';
import { startTokenChecker } from './token-checker.ts';

export type EntraPostgres = {
  /** The address of a new database, for the identity alone: its host name is in the certificate, and it has no password. */
  createDatabase(): Promise<string>;
  /** A certificate authority that has nothing to do with the server. */
  readonly otherAuthority: string;
  /** The tokens that signed somebody in. */
  readonly accepted: readonly string[];
  /** From now on they sign nobody in any more. */
  expireTokens(): void;
  /** Ends every connection of the identity, as a failover does. */
  endConnections(): Promise<void>;
  stop(): Promise<void>;
};

const IDENTITY = 'connector-guard';

/**
 * A PostgreSQL that takes TLS and a current token of the tenant, and no password, as Azure Database for PostgreSQL with
 * Microsoft Entra sign-in does.
 */
export async function startEntraPostgres(tenantId: string): Promise<EntraPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-tls-'));
  const checker = await startTokenChecker(tenantId);
  const ldap = `ldapserver=127.0.0.1 ldapport=${checker.port} ldapprefix="cn=" ldapsuffix=",ou=simulated"`;
  const server = await startPostgres({
    access: `hostssl all "${IDENTITY}" 127.0.0.1/32 ldap ${ldap}`,
    tls: await certificateFor('localhost', folder),
  });
  await certificateFor('elsewhere.example', join(folder, 'other'));
  const admin = new Client({ connectionString: await server.createDatabase() });
  await admin.connect();
  await admin.query(`create role "${IDENTITY}" login`);
  return {
    otherAuthority: join(folder, 'other', 'authority.crt'),
    accepted: checker.accepted,
    expireTokens: checker.expire,
    async createDatabase() {
      const url = new URL(await server.createDatabase());
      await admin.query(`alter database ${url.pathname.slice(1)} owner to "${IDENTITY}"`);
      const authority = encodeURIComponent(join(folder, 'authority.crt'));
      return `postgres://${IDENTITY}@localhost:${url.port}${url.pathname}?sslmode=verify-full&sslrootcert=${authority}`;
    },
    async endConnections() {
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${IDENTITY}'`);
    },
    async stop() {
      await admin.end();
      await server.stop();
      await checker.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A server's certificate and key, signed by a new authority whose own certificate is left in the folder. */
async function certificateFor(host: string, folder: string) {
  const inFolder = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr}`);
  };
  await mkdir(folder, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const authority = ['-keyout', inFolder('authority.key'), '-out', inFolder('authority.crt')];
  openssl('req', '-x509', ...key, '-subj', '/CN=Simulated authority', ...authority);
  const signedBy = ['-CA', inFolder('authority.crt'), '-CAkey', inFolder('authority.key')];
  const names = [
    '-subj',
    `/CN=${host}`,
    '-addext',
    `subjectAltName=DNS:${host}`,
    '-addext',
    'basicConstraints=CA:FALSE',
  ];
  openssl(
    'req',
    '-x509',
    ...key,
    ...names,
    ...signedBy,
    '-keyout',
    inFolder('server.key'),
    '-out',
    inFolder('server.crt'),
  );
  const read = (name: string) => readFile(inFolder(name), 'utf8');
  return { certificate: await read('server.crt'), key: await read('server.key') };
}
