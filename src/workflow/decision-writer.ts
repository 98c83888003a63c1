import type { Effect } from '../incident/model/effects.ts';
import type { Incident } from '../incident/model/incident.ts';
import { nextReminder, type ReminderPace } from '../incident/model/reminder.ts';
import type { Runtime } from '../shared/runtime.ts';
import { recordAlert } from '../storage/alerts.ts';
import { type AuditEntry, anchorText, appendAudit } from '../storage/audit.ts';
import type { Trx } from '../storage/database.ts';
import { followUpJob, remindJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { jobOf } from './job-of.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  /** The pace of reminders; null for none. */
  readonly pace: ReminderPace | null;
};

/** Writes what follows from a decision: its audit entry, the alerts of the incident, and the jobs. Returns the entry's anchor. */
export type DecisionWriter = (
  trx: Trx,
  incident: Incident,
  entry: AuditEntry,
  effects: readonly Effect[],
) => Promise<string>;

export function createDecisionWriter({ clock, newId, pace }: Dependencies): DecisionWriter {
  return async (trx, incident, entry, effects) => {
    // The trail is locked before any alert, as by an opening, so that two transactions cannot wait for each other.
    const anchor = anchorText(await appendAudit(trx, entry));
    for (const alert of incident.alerts) await recordAlert(trx, alert.id, incident.id, clock());
    for (const effect of effects) {
      const id = newId();
      await enqueue(trx, newId(), jobOf(effect, { incidentId: incident.id, id, now: clock(), anchor }));
    }
    if (effects.some(announcesUnblock)) await enqueue(trx, newId(), followUpJob(incident.id, false, clock()));
    const reminder = nextReminder(incident, pace);
    if (reminder !== null) await enqueue(trx, newId(), remindJob(incident.id, reminder.at));
    return anchor;
  };
}

/** Whether the effect announces an unblock to the channel, which starts the follow-up. */
function announcesUnblock(effect: Effect): boolean {
  const kind = effect.kind === 'post_reply' ? effect.reply.kind : null;
  return kind === 'unblocked' || kind === 'break_glass_unblocked';
}
