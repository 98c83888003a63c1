import type { Runtime } from '../../shared/runtime.ts';
import type { Db } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import { verifyJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import type { Workflow } from '../../workflow/workflow.ts';

export type VerifyDependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  readonly workflow: Workflow;
};

const FIRST_WAIT_MS = 5_000;
const MAX_WAIT_MS = 5 * 60_000;

/** Requests further reconciles after growing delays, until the incident is settled or its verification times out. */
export async function verifyUnblock(deps: VerifyDependencies, incidentId: string, look: number): Promise<undefined> {
  const { db, workflow, clock, newId } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident?.state !== 'verifying' || incident.verifyBy === null) return;
  const now = clock();
  if (now >= incident.verifyBy) {
    await workflow.apply(incidentId, { kind: 'verification_timed_out', at: now });
    return;
  }
  await workflow.requestReconcile(now);
  const next = Math.min(now + Math.min(FIRST_WAIT_MS * 2 ** look, MAX_WAIT_MS), incident.verifyBy);
  await enqueue(db, newId(), verifyJob(incidentId, look + 1, next));
}
