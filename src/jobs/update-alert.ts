import { UpstreamError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import type { Workflow } from '../workflow.ts';
import type { Wording } from './ports.ts';

export type AlertDependencies = {
  readonly db: Db;
  readonly alerts: { comment(id: string, text: string): Promise<void>; resolve(id: string): Promise<void> };
  readonly wording: Pick<Wording, 'alertComment'>;
  readonly workflow: Pick<Workflow, 'note'>;
  readonly log: Log;
};

/**
 * Writes what happened into the Defender alert, with the head of the audit trail; resolves it only after our own unblock.
 * Either way it is put on record.
 */
export async function updateAlert(
  { db, alerts, wording, workflow, log }: AlertDependencies,
  incidentId: string,
  alertId: string,
  anchor: string | undefined,
): Promise<void> {
  const incident = await readIncident(db, incidentId);
  if (incident === null) return;
  const comment = wording.alertComment(incident, anchor);
  const resolved = incident.ending === 'two_admins';
  try {
    await alerts.comment(alertId, comment);
    if (resolved) await alerts.resolve(alertId);
    const details = { alertId, comment, resolved };
    await workflow.note(incidentId, { action: 'alert_updated', outcome: 'done', details });
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    const details = { alertId, comment, words: error.message };
    await workflow.note(incidentId, { action: 'alert_update_failed', outcome: 'failed', details });
    log.error(
      { incidentId, alertId, upstream: error.message, requestId: error.details.requestId },
      'the Defender alert was left as it is: does the app have SecurityAlert.ReadWrite.All?',
    );
  }
}
