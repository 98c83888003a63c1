import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** How to start PowerShell 7: its executable and its environment, which contains none of the service's secrets. */
export type PowerShell = { readonly path: string; readonly environment: Readonly<Record<string, string>> };

/** The output of a script that has ended, for whatever reason. */
export type ScriptRun = {
  readonly ended: 'by_itself' | 'killed' | 'never_started';
  /** The JSON documents on the marked lines of standard output; other lines are ignored. */
  readonly steps: readonly unknown[];
  /** Its standard error, or why it did not start. */
  readonly errorText: string;
};

const MAX_OUTPUT = 16 * 1024 * 1024;
const DRAIN_MS = 1_000;
/** A profile could print, prompt or define anything, and nobody could answer a prompt. */
const ARGUMENTS = ['-NoProfile', '-NonInteractive', '-File'];
const QUIET = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off' };

/**
 * Runs one of our scripts without a shell, with `document` as JSON on standard input, and kills its process group when the
 * signal aborts first. Never rejects. The marker is random for each run, so that no output of Exchange can pass for a step.
 */
export async function runScript(
  { path, environment }: PowerShell,
  script: URL,
  document: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ScriptRun> {
  if (signal.aborted) return { ended: 'never_started', steps: [], errorText: 'the timeout had already passed' };
  const marker = `#${randomUUID()}#`;
  const env = { ...environment, ...QUIET };
  const child = spawn(path, [...ARGUMENTS, fileURLToPath(script)], { env, detached: true, windowsHide: true });
  const output = collectOutput(child.stdout, () => endGroup(child));
  const errorOutput = collectOutput(child.stderr, () => endGroup(child));
  // A script may end before it has read all its input; its exit reports the failure.
  child.stdin.on('error', () => {});
  child.stdin.end(asciiJson({ ...document, marker }));
  const { ended, reason } = await endOf(child, signal);
  return { ended, steps: stepsIn(output(), marker), errorText: reason ?? errorOutput() };
}

function endOf(child: ChildProcess, signal: AbortSignal) {
  return new Promise<{ ended: ScriptRun['ended']; reason: string | null }>((resolve) => {
    let killed = false;
    const kill = () => {
      killed = true;
      endGroup(child);
    };
    const over = (ended: ScriptRun['ended'], reason: string | null) => {
      signal.removeEventListener('abort', kill);
      resolve({ ended, reason });
    };
    signal.addEventListener('abort', kill, { once: true });
    child.once('error', (error) => over('never_started', error.message));
    child.once('close', () => over(killed ? 'killed' : 'by_itself', null));
  });
}

/**
 * Kills the process group. Output written so far is still read, but for at most a second when another process keeps the
 * pipe open.
 */
function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
  const drainTimer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  child.once('close', () => clearTimeout(drainTimer));
}

function collectOutput(stream: NodeJS.ReadableStream, onOverflow: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size > MAX_OUTPUT) return;
    size += chunk.length;
    chunks.push(chunk);
    if (size > MAX_OUTPUT) onOverflow();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Parses the marked lines. Banners and warnings may precede the marker on its line. */
function stepsIn(output: string, marker: string): readonly unknown[] {
  return output.split('\n').flatMap((line) => {
    const at = line.indexOf(marker);
    if (at === -1) return [];
    try {
      return [JSON.parse(line.slice(at + marker.length))];
    } catch {
      return [];
    }
  });
}

function asciiJson(document: Readonly<Record<string, unknown>>): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(document).replaceAll(/[\u0080-\uffff]/g, escaped);
}
