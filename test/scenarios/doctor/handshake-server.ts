import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Starts a server that answers Graph's handshake as the service does. Closing it twice does nothing. */
export async function handshakeServer(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end(new URL(request.url ?? '', 'http://localhost').searchParams.get('validationToken'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}
