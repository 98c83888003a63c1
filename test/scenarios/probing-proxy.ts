import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const PROBE_EVERY_MS = 100;

/**
 * Starts a load balancer that probes `/readyz` and responds with 503 to everything while the last probe failed, as a container
 * platform does.
 */
export async function startProbingProxy(target: () => string) {
  let isReady = false;
  const refused: string[] = [];
  const probe = async () => {
    isReady = (await fetch(`${target()}/readyz`).catch(() => null))?.ok ?? false;
  };
  const server = createServer((incoming, outgoing) => {
    if (!isReady) {
      refused.push(incoming.url ?? '');
      outgoing.statusCode = 503;
      outgoing.end();
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const onward = request(new URL(url, target()), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const timer = setInterval(() => void probe(), PROBE_EVERY_MS);
  await probe();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** The requests it refused while the service was not ready. */
    refused,
    async stop() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
