import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** How PowerShell 7 is started: its executable, and the environment it gets, which holds none of the service's secrets. */
export type PowerShell = { readonly path: string; readonly environment: Readonly<Record<string, string>> };

/** What a script had said when it ended, however it ended. */
export type ScriptRun = {
  readonly ended: 'by_itself' | 'killed' | 'never_started';
  /** The JSON documents it wrote on marked lines; what else was on its standard output is left out. */
  readonly steps: readonly unknown[];
  /** What it complained of on standard error, or why it did not start. */
  readonly complaint: string;
};

const MAX_OUTPUT = 16 * 1024 * 1024;
const LAST_WORDS_MS = 1_000;
/** A profile could print, prompt or define what it likes; nobody is there to answer. */
const ARGUMENTS = ['-NoProfile', '-NonInteractive', '-File'];
const QUIET = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off' };

/**
 * Runs a script of ours without a shell, gives it `document` as JSON on standard input, and kills its whole process
 * group when the signal ends first. Never rejects. The marker is new each time, so that nothing Exchange sends can pass for a step.
 */
export async function runScript(
  { path, environment }: PowerShell,
  script: URL,
  document: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ScriptRun> {
  if (signal.aborted) return { ended: 'never_started', steps: [], complaint: 'there was no time left' };
  const marker = `#${randomUUID()}#`;
  const env = { ...environment, ...QUIET };
  const child = spawn(path, [...ARGUMENTS, fileURLToPath(script)], { env, detached: true, windowsHide: true });
  const output = gathered(child.stdout, () => endGroup(child));
  const complaint = gathered(child.stderr, () => endGroup(child));
  // A script that ends before it has read everything is told by how it ended.
  child.stdin.on('error', () => {});
  child.stdin.end(asciiJson({ ...document, marker }));
  const { ended, reason } = await endOf(child, signal);
  return { ended, steps: stepsIn(output(), marker), complaint: reason ?? complaint() };
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

/** What has been written by then is still read; a pipe that somebody else holds open is not waited for. */
function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
  const lastWords = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, LAST_WORDS_MS);
  child.once('close', () => clearTimeout(lastWords));
}

function gathered(stream: NodeJS.ReadableStream, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size > MAX_OUTPUT) return;
    size += chunk.length;
    chunks.push(chunk);
    if (size > MAX_OUTPUT) tooMuch();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Banners and warnings may stand before a marker on its line. */
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
