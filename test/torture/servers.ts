import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import type { Plan } from './plan.ts';

/** PostgreSQL servers that trials share; each trial has its own database. */
export type Servers = {
  /** Runs something with the server its plan needs; a server that is restarted serves one trial at a time. */
  with<T>(plan: Plan, run: (server: PostgresServer | undefined) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

export function createServers(): Servers {
  let steady: Promise<PostgresServer> | undefined;
  let restarted: Promise<PostgresServer> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async with(plan, run) {
      if (plan.database === 'sqlite') return run(undefined);
      if (!plan.troubles.includes('postgres')) {
        steady ??= startPostgres();
        return run(await steady);
      }
      const mine = turn.then(async () => {
        restarted ??= startPostgres();
        return run(await restarted);
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    async stop() {
      for (const server of await Promise.all([steady, restarted])) await server?.stop();
    },
  };
}
