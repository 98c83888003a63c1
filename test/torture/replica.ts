import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endChild, tieToThisProcess } from '../demo/child.ts';
import type { Settings } from '../demo/service-process.ts';

type Exit = { readonly code: number | null; readonly signal: string | null; readonly ordered: boolean };

/** One child process of the service that is started again whenever it has ended, as an orchestrator would. */
export type Replica = {
  readonly url: string;
  readonly logPath: string;
  readonly pid: number | undefined;
  /** How each process ended, oldest first. */
  readonly exits: readonly Exit[];
  /** Starts it, and starts it again whenever it ends. */
  start(): void;
  /** Kills its process with SIGKILL; resolves to false when there is none. */
  kill(): Promise<boolean>;
  /** Suspends its process. */
  pause(): void;
  /** Lets a suspended process go on. */
  resume(): void;
  /** Whether it answers. */
  answers(): Promise<boolean>;
  /** Stops it and does not start it again. */
  stop(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const CLOCK = new URL('./preload/clock.ts', import.meta.url).href;
/** Keeps compiled modules, which makes each start a fifth quicker. */
const COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'connector-guard-compiled');
const AFTER_A_FAILED_START_MS = 200;

export type ReplicaOptions = {
  readonly name: string;
  readonly port: number;
  readonly folder: string;
  readonly settings: Settings;
  /** A file whose content, ms, is added to the child's clock. */
  readonly clockFile: string;
  /** Wraps the command in one that limits the child. */
  readonly wrap?: ((command: readonly string[]) => readonly string[]) | undefined;
};

export function createReplica({ name, port, folder, settings, clockFile, wrap }: ReplicaOptions): Replica {
  const url = `http://127.0.0.1:${port}`;
  const logPath = join(folder, `${name}.log`);
  const exits: Exit[] = [];
  let child: ChildProcess | undefined;
  let wanted = false;
  let ordered = false;

  function begin(): void {
    const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env;
    const own = { HOST: '127.0.0.1', PORT: String(port), CLOCK_FILE: clockFile, NODE_COMPILE_CACHE: COMPILE_CACHE };
    const plain = [process.execPath, '--import', CLOCK, MAIN];
    const [command = '', ...words] = wrap?.(plain) ?? plain;
    const log = openSync(logPath, 'a');
    ordered = false;
    child = spawn(command, words, {
      env: { PATH, HOME, NODE_EXTRA_CA_CERTS, ...settings, ...own },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    tieToThisProcess(child);
    child.once('exit', (code, signal) => {
      exits.push({ code, signal, ordered });
      void again(ordered);
    });
  }

  async function again(atOnce: boolean): Promise<void> {
    if (!atOnce) await rest(AFTER_A_FAILED_START_MS);
    if (wanted) begin();
  }

  async function end(): Promise<boolean> {
    const victim = child;
    if (victim === undefined || victim.exitCode !== null || victim.signalCode !== null) return false;
    ordered = true;
    await endChild(victim, 'SIGKILL');
    return true;
  }

  return {
    url,
    logPath,
    exits,
    get pid() {
      return child?.pid;
    },
    start() {
      wanted = true;
      begin();
    },
    kill: end,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    answers: async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok === true,
    async stop() {
      wanted = false;
      await end();
    },
  };
}
