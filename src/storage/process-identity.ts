import { readFileSync } from 'node:fs';

/** A process of this machine, by its number, when it began, and since which start of the machine. Linux alone; see proc(5). */
export function processIdentity(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in parentheses, and may hold any character.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = fields[18];
    return DEAD.has(state) || startTicks === undefined ? null : `${boot}:${pid}:${startTicks}`;
  } catch {
    return null;
  }
}

const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);

/** Whether the process of this identity is still running, as far as this machine, or container, can see. */
export function isRunning(identity: string): boolean {
  const pid = Number(identity.split(':')[1]);
  return Number.isInteger(pid) && processIdentity(pid) === identity;
}
