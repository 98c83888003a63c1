import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { variablesSchema } from '../../src/config/variables.ts';
import { freePort } from '../network/free-port.ts';
import { childEnv } from '../run/child-env.ts';

const ROOT = new URL('../..', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');
const WAIT = fileURLToPath(new URL('install/systemd/wait-until-ready.ts', ROOT));

const composeSchema = z.object({
  services: z.object({
    guard: z.object({
      environment: z.record(z.string(), z.string()),
      env_file: z.literal('../env/.env'),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal('ALL')]),
      deploy: z.object({ replicas: z.literal(2) }),
      expose: z.array(z.string()),
    }),
    database: z.object({ image: z.string(), environment: z.record(z.string(), z.string()) }),
  }),
});

describe('the deployments beside Azure', () => {
  it('by Compose: two replicas on one PostgreSQL, unprivileged and read-only, with settings that the service has', async () => {
    const { guard, database } = composeSchema.parse(parse(await read('install/compose.yaml'))).services;
    for (const name of Object.keys(guard.environment)) assert.ok(Object.hasOwn(variablesSchema.shape, name), name);
    const url = new URL((guard.environment.DATABASE_URL ?? '').replace(/\$\{[^}]*\}/, 'secret'));
    const { POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD } = database.environment;
    assert.deepEqual([url.username, url.pathname], [POSTGRES_USER, `/${POSTGRES_DB}`]);
    assert.ok(guard.environment.DATABASE_URL?.includes(POSTGRES_PASSWORD ?? '?'));
    assert.ok(guard.expose.includes(guard.environment.METRICS_PORT ?? '?'));
    assert.match(await read('Dockerfile'), /HEALTHCHECK[^\n]*\\\n[^\n]*\/readyz/);
  });

  it('in a container: the pages run programs that are in the image, in a service that Compose has', async () => {
    const pages = await Promise.all(['docs/azure.md', 'docs/runbook.md', 'docs/ja/runbook.md'].map(read));
    const programs = pages.map((page) => [...page.matchAll(/node (src\/\S+\.ts)/g)].map(([, path = '']) => path));
    for (const paths of programs) {
      assert.deepEqual([...new Set(paths)].toSorted(), ['src/audit/main.ts', 'src/doctor/main.ts']);
      for (const path of paths) assert.ok(existsSync(new URL(path, ROOT)), path);
    }
    assert.match(await read('Dockerfile'), /^COPY src src$/m);
    const { services } = composeSchema.parse(parse(await read('install/compose.yaml')));
    for (const page of pages.slice(1)) {
      const service = /compose\.yaml exec (\w+) node/.exec(page)?.[1] ?? '';
      assert.ok(Object.hasOwn(services, service), service);
    }
  });

  it('by systemd: programs of this repository, and settings that its commands find too', async () => {
    const unit = await read('install/systemd/connector-guard.service');
    const programs = [...unit.matchAll(/^Exec\w+=.* (\S+\.ts)$/gm)].map(([, path = '']) => path);
    assert.deepEqual(programs, ['src/main.ts', 'install/systemd/wait-until-ready.ts']);
    for (const path of programs) assert.ok(existsSync(new URL(path, ROOT)), path);
    const folder = /^StateDirectory=(.+)$/m.exec(unit)?.[1];
    assert.ok(unit.includes(`DATABASE_URL=file:/var/lib/${folder}/incidents.sqlite`));
    const file = /^EnvironmentFile=(.+)$/m.exec(unit)?.[1];
    assert.ok(unit.includes(`ln -s ${file} /opt/connector-guard/env/.env`));
  });

  it('by systemd: the start ends when the service is ready, and not before', async () => {
    const port = await freePort();
    let status = 503;
    const requested = Promise.withResolvers<void>();
    const server = createServer((request, response) => {
      if (request.url === '/readyz') requested.resolve();
      response.statusCode = status;
      response.end();
    }).listen(port, '127.0.0.1');
    const child = spawn(process.execPath, [WAIT], { env: { ...childEnv(), PORT: String(port) }, stdio: 'ignore' });
    const closed = once(child, 'close');
    await requested.promise;
    assert.equal(child.exitCode, null);
    status = 200;
    assert.deepEqual(await closed, [0, null]);
    server.close();
    server.closeAllConnections();
  });
});
