import type { Person } from '../incident/model/approval.ts';
import type { FollowUpTask } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { Runtime } from '../shared/runtime.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { finishFollowUp } from '../storage/follow-up.ts';
import { readIncident } from '../storage/incidents.ts';
import { cardJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { noteEntry } from './audit-entry.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
};

/** `repeated`: the task was already done, or is not a task of the incident. Null when there is no such incident. */
type Finished = { readonly kind: 'applied' | 'repeated'; readonly incident: Incident } | null;

export type FinishFollowUp = (incidentId: string, task: FollowUpTask, by: Person) => Promise<Finished>;

/** Marks a task after an unblock as done and records it in the audit trail. The incident is final and does not change. */
export function createFinishFollowUp({ db, clock, newId }: Dependencies): FinishFollowUp {
  return (incidentId, task, by) => {
    const at = clock();
    return db.transaction().execute(async (trx): Promise<Finished> => {
      const isNew = await finishFollowUp(trx, incidentId, task, { by, at });
      const incident = await readIncident(trx, incidentId);
      if (incident === null || !isNew) return incident && { kind: 'repeated', incident };
      const note = { action: 'task_done', incident, actor: by, outcome: 'done', details: { task } } as const;
      await appendAudit(trx, noteEntry(note, at));
      await enqueue(trx, newId(), cardJob('update_card', incidentId, at));
      return { kind: 'applied', incident };
    });
  };
}
