import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

const CHANNEL = 'connector_guard_jobs';
const RECONNECT_MS = 1_000;
/** Without this delay, the operating system sends the first keep-alive probe only after two hours. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 };

/**
 * Calls `onJob` when any replica has committed a job, over a separate connection (PostgreSQL: LISTEN). A lost connection is
 * reopened, and `onJob` is then called too, because notices sent meanwhile are lost.
 */
export function listenForJobs(server: ClientConfig, onJob: () => void): () => Promise<void> {
  const stopping = new AbortController();
  const listening = listen(server, onJob, stopping.signal);
  return async () => {
    stopping.abort();
    await listening;
  };
}

async function listen(server: ClientConfig, onJob: () => void, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await connection(server, onJob, stopping).catch(() => {
      // The worker's own queries report an unavailable database; here the connection is only retried.
    });
    await sleep(RECONNECT_MS, undefined, { signal: stopping }).catch(() => {});
  }
}

/** Listens until the connection is lost or the listener is stopped. */
async function connection(server: ClientConfig, onJob: () => void, stopping: AbortSignal): Promise<void> {
  const client = new Client({ ...server, ...KEEP_ALIVE, connectionTimeoutMillis: 10_000 });
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.once('error', () => resolve());
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await client.connect();
    client.on('notification', onJob);
    await client.query(`listen ${CHANNEL}`);
    onJob();
    await ended;
  } finally {
    await client.end().catch(() => {});
  }
}
