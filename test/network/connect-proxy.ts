import { once } from 'node:events';
import { createServer } from 'node:http';

/** A proxy for the whole process that writes down which hosts are asked for by https, and lets nothing through. */
export async function startProxy() {
  const hosts: string[] = [];
  const first = Promise.withResolvers<void>();
  const server = createServer().on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    first.resolve();
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { HTTPS_PROXY, NO_PROXY } = process.env;
  Object.assign(process.env, { HTTPS_PROXY: `http://127.0.0.1:${address.port}`, NO_PROXY: '127.0.0.1' });
  return {
    hosts,
    /** Resolves at the first host that is asked for. */
    asked: first.promise,
    async stop() {
      restore('HTTPS_PROXY', HTTPS_PROXY);
      restore('NO_PROXY', NO_PROXY);
      server.close();
      server.closeAllConnections();
    },
  };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
