import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux gives to outgoing connections, so that a port stays ours while the process that listens on it is dead. */
const FIRST = 20_000;
const LAST = 32_000;
/** Test files run in several processes, which begin apart from each other. */
let next = FIRST + (process.pid % 120) * 100;

/** A port of the loopback that nothing listens on, and that no later call in this process gives again soon. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next;
    next = next >= LAST ? FIRST : next + 1;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
