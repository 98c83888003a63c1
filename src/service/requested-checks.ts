import { checkConnector, type PostureDependencies } from '../jobs/tasks/check-posture.ts';
import type { Db } from '../storage/database.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { readObservation } from '../storage/observations.ts';
import { requestPosture, syncPosture } from '../storage/posture.ts';

type Dependencies = Omit<PostureDependencies, 'roomForPosture'>;

/** Creates the checks of connectors that people request in addition to the daily ones. */
export function createRequestedChecks(deps: Dependencies) {
  const { db, clock, newId } = deps;
  return {
    /** Runs the checks of one connector and stores the findings. Returns false when the connector is unknown. */
    async checkConnector(connectorId: string): Promise<boolean> {
      const connector = (await syncedConnectors(db, clock())).find(({ id }) => id === connectorId);
      return connector !== undefined && (await checkConnector(deps, connector)) !== null;
    },

    async requestChecks(): Promise<void> {
      await syncedConnectors(db, clock());
      await requestPosture(db, clock());
      await enqueue(db, newId(), singleJob('check_posture', clock()));
    },
  };
}

async function syncedConnectors(db: Db, now: number) {
  const inbound = (await readObservation(db, 'complete'))?.inbound ?? [];
  if (inbound.length > 0) await syncPosture(db, inbound, now);
  return inbound;
}
