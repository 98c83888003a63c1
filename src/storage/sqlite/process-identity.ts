import { readFileSync } from 'node:fs';

/**
 * Returns the identity of a process on this machine: the boot id, the pid and the start time (Linux only; see proc(5)). Null
 * when the process is not running or cannot be read.
 */
export function processIdentity(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name is in parentheses and may contain any character.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = fields[18];
    return DEAD.has(state) || startTicks === undefined ? null : `${boot}:${pid}:${startTicks}`;
  } catch {
    return null;
  }
}

const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);

/** Whether the process with this identity is still running, as far as this machine or container can see. */
export function isRunning(identity: string): boolean {
  const pid = Number(identity.split(':')[1]);
  return Number.isInteger(pid) && processIdentity(pid) === identity;
}
