import { setTimeout as wait } from 'node:timers/promises';

// Ends with 0 once the service of this machine is ready, and with 1 when it is not within a minute, so that `systemctl start`
// waits for it as a startup probe would.
const LONGEST_MS = 60_000;
const EVERY_MS = 500;

const address = `http://127.0.0.1:${process.env.PORT ?? '3978'}/readyz`;
const deadline = performance.now() + LONGEST_MS;
while (!(await isReady())) {
  if (performance.now() > deadline) {
    process.stderr.write(`${address} was not ready within ${LONGEST_MS / 1_000} s; see the log of the service.\n`);
    process.exit(1);
  }
  await wait(EVERY_MS);
}

async function isReady(): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(EVERY_MS * 4) }).catch(() => null);
  return response?.ok === true;
}
