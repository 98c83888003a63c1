import type { HttpServer } from './server.ts';

/** Several servers that start and stop as one; the port is that of the first. */
export function together(first: HttpServer, ...others: readonly HttpServer[]): HttpServer {
  return {
    async start() {
      const listening = await first.start();
      for (const other of others) await other.start();
      return listening;
    },
    async stop() {
      await Promise.all([first, ...others].map((server) => server.stop()));
    },
  };
}
