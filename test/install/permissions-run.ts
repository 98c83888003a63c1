import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AzureCli } from './azure-cli.ts';

const SCRIPT = fileURLToPath(new URL('../../install/permissions/permissions.sh', import.meta.url));

/** Runs the script for permissions. */
export async function runPermissions(
  { env }: Pick<AzureCli, 'env'>,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
) {
  const child = spawn('bash', [SCRIPT, ...args], { env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: Number(status), stdout, stderr };
}
