import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const STOPS_WITHIN_MS = 10_000;

export type Signal = 'SIGTERM' | 'SIGKILL';

/** Ends a child process and waits until it is gone; one that does not mind a request is not asked twice. */
export async function endChild(child: ChildProcess, signal: Signal = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  child.kill(signal);
  await exited;
  clearTimeout(impatience);
}

/** Takes the child along when this process ends without having ended it. */
export function tieToThisProcess(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.removeListener('exit', end));
}
