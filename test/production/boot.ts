import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { endChild } from '../demo/child.ts';
import { freePort } from '../network/free-port.ts';
import { startTenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';

/** `cpuMs`: processor time until it was ready. */
export type Boot = { readonly readyMs: number; readonly cpuMs: number; readonly megabytes: number };

const SETTLE_MS = 5_000;

/** Starts the service of a folder in a simulated tenant, with these variables; gives the time to ready, and its memory 5 s later. */
export async function boot(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Boot> {
  const tenant = await startTenant();
  const data = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const port = await freePort();
  const settings = { HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: `file:${join(data, 'incidents.sqlite')}` };
  const begun = performance.now();
  const child = spawn(process.execPath, [join(folder, 'src/main.ts')], {
    env: { PATH: process.env.PATH, ...tenant.env, ...settings, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok;
    await until(isReady, { what: 'the service is ready', timeoutMs: 60_000 });
    const readyMs = performance.now() - begun;
    const cpuMs = await cpuTimeOf(child);
    await rest(SETTLE_MS);
    return { readyMs, cpuMs, megabytes: await memoryOf(child) };
  } finally {
    await endChild(child);
    await tenant.stop();
    await rm(data, { recursive: true });
  }
}

/** Processor time in user and kernel mode (proc(5): stat, fields 14 and 15, in hundredths of a second). */
async function cpuTimeOf({ pid }: ChildProcess): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory, MB (proc(5): VmRSS). */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1]) / 1_000;
}
