import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Makes a database on the server of another and gives its address: a copy of `template`, to which nobody may be connected, or an empty one. */
export async function createDatabaseOn(server: string, template: string | null = null): Promise<string> {
  const name = `d${randomUUID().replaceAll('-', '')}`;
  // Copying files is quicker than writing them to the log, where nobody waits for a disk.
  await administer(
    server,
    `create database ${name} template ${template === null ? 'template0' : nameOf(template)} strategy file_copy`,
  );
  return withName(server, name);
}

export function deleteDatabase(url: string): Promise<void> {
  return administer(url, `drop database ${nameOf(url)} with (force)`);
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: withName(url, 'postgres') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

function withName(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
