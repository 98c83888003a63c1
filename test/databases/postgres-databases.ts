import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** One connection, for which the server starts one process, that makes databases. */
export type Administrator = {
  /** Makes a database and gives its address: a copy of `template`, to which nobody may be connected, or an empty one. */
  create(template: string | null): Promise<string>;
  disconnect(): Promise<void>;
};

/** Connects to the server of a database. */
export async function administratorOf(url: string): Promise<Administrator> {
  const client = new Client({ connectionString: withName(url, 'postgres') });
  await client.connect();
  return {
    async create(template) {
      const name = `d${randomUUID().replaceAll('-', '')}`;
      const original = template === null ? 'template0' : nameOf(template);
      // Copying files is quicker than writing them to the log, where nobody waits for a disk.
      await client.query(`create database ${name} template ${original} strategy file_copy`);
      return withName(url, name);
    },
    disconnect: () => client.end(),
  };
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

function withName(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
