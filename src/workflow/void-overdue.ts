import { authorizationOf, voided } from '../incident/model/authorization.ts';
import { MINUTE_MS } from '../incident/model/duration.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = Pick<Runtime, 'clock'> & {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'apply'>;
  /** How long after it was given an authorization may still be carried out, ms. */
  readonly actWithinMs: number;
};

/** The job of an unblock voids a lapsed authorization itself, with a more exact reason, if it runs within this time. */
const GRACE_MS = 5 * MINUTE_MS;

/**
 * Voids each authorization that lapsed before Exchange was called on it and whose job is not running, as after an error that
 * set the job aside. Otherwise its incident would stay in `unblocking`, where nobody can decide.
 */
export async function voidOverdue({ db, workflow, clock, actWithinMs }: Dependencies): Promise<void> {
  const at = clock();
  for (const incident of await listOpen(db)) {
    const authorization = authorizationOf(incident);
    if (authorization === null || incident.unblockCall?.authorizationId === authorization.id) continue;
    if (at < authorization.since + actWithinMs + GRACE_MS) continue;
    const words = `nothing was carried out within ${Math.round(actWithinMs / MINUTE_MS)} minutes`;
    await workflow.apply(incident.id, voided(authorization, at, { kind: 'could_not_recheck', words }));
  }
}
