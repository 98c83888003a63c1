import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../network/free-port.ts';
import { childEnv } from '../run/child-env.ts';
import { until } from '../tenant/until.ts';
import { endChild, type Signal, tieToThisProcess } from './child.ts';
import { wordsOf } from './words.ts';

export type Settings = Readonly<Record<string, string>>;

/** The service in a process of its own, always at the same address and with the same database. */
export type ServiceProcess = {
  readonly url: string;
  start(settings?: Settings): Promise<void>;
  /** Ends the process; SIGKILL simulates a crash. */
  end(signal?: Signal): Promise<void>;
};

/** The options that `npm start` passes to Node. */
export const START_OPTIONS = ['--max-semi-space-size=16'];

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Long, because several may start at once on a slow machine. */
const READY_WITHIN_MS = 90_000;
const LOG_TAIL = 15;

export async function createServiceProcess(folder: string, usual: Settings): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logPath = join(folder, 'service.log');
  let child: ChildProcess | undefined;
  return {
    url,
    async start(settings = {}) {
      child = spawnService({ ...usual, ...settings, HOST: '127.0.0.1', PORT: String(port) }, logPath);
      await ready(child, url, logPath);
    },
    async end(signal) {
      if (child !== undefined) await endChild(child, signal);
    },
  };
}

function spawnService(settings: Settings, logPath: string): ChildProcess {
  const child = spawn(process.execPath, [...START_OPTIONS, MAIN], {
    env: { ...childEnv(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logPath, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.once('close', () => log.end());
  tieToThisProcess(child);
  return child;
}

async function ready(child: ChildProcess, url: string, logPath: string): Promise<void> {
  const isWatching = async () => {
    if (child.exitCode !== null) throw new Error(`the service ended with code ${child.exitCode}`);
    const response = await fetch(`${url}/healthz/watching`).catch(() => undefined);
    return response?.ok;
  };
  try {
    await until(isWatching, { what: 'the service is ready', timeoutMs: READY_WITHIN_MS });
  } catch (error) {
    await endChild(child, 'SIGKILL');
    const lines = (await readFile(logPath, 'utf8').catch(() => '')).trim().split('\n').slice(-LOG_TAIL);
    throw new Error(`${wordsOf(error)}. Its last output:\n${lines.join('\n')}`);
  }
}
