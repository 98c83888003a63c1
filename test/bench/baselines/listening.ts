import type { Server } from 'node:http';

/** Listens on any free port and prints its address. */
export function listening(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
  });
}
