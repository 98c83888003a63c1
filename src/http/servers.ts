import type { HttpServer } from './server.ts';

/** Combines several servers into one that starts and stops them together; the port is that of the first. */
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
