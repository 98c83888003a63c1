import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../run/child-env.ts';

export const SCRIPT = fileURLToPath(new URL('../../install/permissions/permissions.sh', import.meta.url));
const AZ = fileURLToPath(new URL('az.ts', import.meta.url));

/** A folder with an `az` that stands in for Azure CLI, and the environment in which it is found and keeps its state there. */
export async function azFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await writeFile(join(folder, 'az'), `#!/bin/sh\nexec "${process.execPath}" "${AZ}" "$@"\n`);
  await chmod(join(folder, 'az'), 0o755);
  const env = {
    ...childEnv(),
    PATH: [folder, process.env.PATH].join(delimiter),
    AZ_STATE: join(folder, 'state.json'),
    AZ_CALLS: join(folder, 'calls'),
  };
  return { folder, env };
}

/** Runs the script for permissions once, in a tenant in which nothing was done yet. */
export async function runPermissions(args: readonly string[]) {
  const { folder, env } = await azFolder();
  const outcome = spawnSync('bash', [SCRIPT, ...args], { encoding: 'utf8', env });
  await rm(folder, { recursive: true });
  return outcome;
}
