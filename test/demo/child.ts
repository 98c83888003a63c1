import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const STOPS_WITHIN_MS = 10_000;

export type Signal = 'SIGTERM' | 'SIGKILL';

/** Ends a child process with a signal and waits until it has exited; one that has not exited within 10 s is killed. */
export async function endChild(child: ChildProcess, signal: Signal = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  child.kill(signal);
  await exited;
  clearTimeout(impatience);
}

/** Ends the child when this process exits without having ended it. */
export function tieToThisProcess(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.removeListener('exit', end));
}
