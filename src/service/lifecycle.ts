import type { HttpServer } from '../http/server.ts';
import type { Worker } from '../jobs/worker.ts';
import type { Tracing } from '../monitoring/tracing.ts';
import type { Database } from '../storage/database.ts';
import type { ServiceRecord } from './service-record.ts';
import type { createWatches } from './watches.ts';

type Parts = {
  readonly http: HttpServer;
  readonly record: ServiceRecord;
  readonly worker: Worker;
  readonly watches: ReturnType<typeof createWatches>;
  readonly tracing: Tracing;
  readonly database: Database;
  /** Commits the jobs of a start. */
  readonly requestJobs: () => Promise<void>;
};

export type Lifecycle = {
  /** Starts the HTTP server, the job worker and the watches. */
  start(): Promise<{ readonly port: number }>;
  /** Finishes running requests and jobs, then closes the database. */
  stop(): Promise<void>;
};

/** Starts the parts of the service so that each finds what it needs, and stops them so that none loses work. */
export function createLifecycle({ http, record, worker, watches, tracing, database, requestJobs }: Parts): Lifecycle {
  return {
    async start() {
      await requestJobs();
      const listening = await http.start();
      await record.started();
      await worker.start();
      watches.start();
      return listening;
    },
    async stop() {
      await watches.stop();
      await http.stop();
      await worker.stop();
      await record.stopped();
      await tracing.stop();
      await database.close();
    },
  };
}
