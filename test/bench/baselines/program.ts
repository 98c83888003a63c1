import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, type Signal, tieToThisProcess } from '../../demo/child.ts';
import { START_OPTIONS } from '../../demo/service-process.ts';
import { childEnv } from '../../run/child-env.ts';
import { now } from '../now.ts';

/** A program that runs in a process of its own, beside the service or in its place. */
export type Program = AsyncDisposable & {
  /** The line of output that showed that it listens. */
  readonly line: string;
  /** The time from the start of the process until that line, ms. */
  readonly startMs: number;
  readonly memory: () => Promise<number>;
  /** With SIGKILL, as a crash would. */
  end(signal?: Signal): Promise<void>;
};

/** The folder of Node's compile cache, since the service has one of its own. */
const COMPILED = join(tmpdir(), 'connector-guard-bench-compiled');

/** Starts a program, and waits for the first line that `isReady` takes. */
export async function startProgram(
  file: URL,
  {
    args = [],
    env = {},
    isReady = () => true,
  }: Readonly<{ args?: readonly string[]; env?: object; isReady?: (line: string) => boolean }> = {},
): Promise<Program> {
  const began = now();
  const child = spawn(process.execPath, [...START_OPTIONS, fileURLToPath(file), ...args], {
    env: { ...childEnv(), NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  tieToThisProcess(child);
  const line = await firstLine(child, isReady);
  return {
    line,
    startMs: now() - began,
    memory: () => residentMemoryOf(child),
    end: (signal) => endChild(child, signal),
    [Symbol.asyncDispose]: () => endChild(child),
  };
}

function firstLine(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
  isReady: (line: string) => boolean,
) {
  return new Promise<string>((resolve, reject) => {
    // Later output is read as well; otherwise a full pipe would block the program.
    createInterface(child.stdout).on('line', (line) => isReady(line) && resolve(line));
    child.once('exit', (code) => reject(new Error(`it ended with code ${code} before it listened`)));
  });
}

/** Resident memory, MB (proc(5): VmRSS). */
async function residentMemoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1]) / 1_024;
}
