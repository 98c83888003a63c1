import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux gives to outgoing connections, so that a port stays ours while the process that listens on it is dead. */
const FIRST = 20_000;
const BLOCK = 1_000;
const BLOCKS = 12;
/** Mocha numbers the processes that run the tests: each has a block of its own, so that no two find the same port free. */
const first = FIRST + (Number(process.env.MOCHA_WORKER_ID ?? 0) % BLOCKS) * BLOCK;
/** What runs beside this run of the tests begins elsewhere. */
let next = Math.floor(Math.random() * BLOCK);

/** A port of the loopback that nothing listens on, and that no later call in this process gives again soon. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + next;
    next = (next + 1) % BLOCK;
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
