import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { endChild } from '../demo/child.ts';
import { freePort } from '../network/free-port.ts';
import { startTenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';

export type Boot = { readonly readyMs: number; readonly megabytes: number };

const SETTLE_MS = 5_000;

/** Starts the service of a folder in a simulated tenant; gives the time to ready, and its memory 5 s later. */
export async function boot(folder: string): Promise<Boot> {
  const tenant = await startTenant();
  const data = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const port = await freePort();
  const settings = { HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: `file:${join(data, 'incidents.sqlite')}` };
  const begun = performance.now();
  const child = spawn(process.execPath, [join(folder, 'src/main.ts')], {
    env: { PATH: process.env.PATH, ...tenant.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok;
    await until(isReady, { what: 'the service is ready', timeoutMs: 60_000 });
    const readyMs = performance.now() - begun;
    await rest(SETTLE_MS);
    return { readyMs, megabytes: await memoryOf(child) };
  } finally {
    await endChild(child);
    await tenant.stop();
    await rm(data, { recursive: true });
  }
}

/** Resident memory, MB (proc(5): VmRSS). */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1]) / 1_000;
}
