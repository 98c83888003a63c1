import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Db } from '../../storage/database.ts';
import { listOpen, readIncident } from '../../storage/incidents.ts';
import type { Renderer } from '../../teams/ports.ts';
import type { Workflow } from '../../workflow/workflow.ts';

export type AlertDependencies = {
  readonly db: Db;
  readonly alerts: { comment(id: string, text: string): Promise<void>; resolve(id: string): Promise<void> };
  readonly renderer: Pick<Renderer, 'alertComment'>;
  readonly workflow: Pick<Workflow, 'note'>;
  readonly log: Log;
};

/**
 * Comments the outcome on the Defender alert, with the head of the audit trail. Resolves the alert only after our own
 * unblock, and only when no open incident belongs to it. The result is recorded in the audit trail.
 */
export async function updateAlert(
  { db, alerts, renderer, workflow, log }: AlertDependencies,
  incidentId: string,
  alertId: string,
  anchor: string | undefined,
): Promise<undefined> {
  const incident = await readIncident(db, incidentId);
  if (incident === null) return;
  const comment = renderer.alertComment(incident, anchor);
  const isOurs = incident.ending === 'two_admins' || incident.ending === 'break_glass';
  try {
    await alerts.comment(alertId, comment);
    const isAll = !(await listOpen(db)).some((it) => it.alerts.some(({ id }) => id === alertId));
    const resolved = isOurs && isAll;
    if (resolved) await alerts.resolve(alertId);
    const details = { alertId, comment, resolved };
    await workflow.note(incidentId, { action: 'alert_updated', outcome: 'done', details });
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    const details = { alertId, comment, words: error.message };
    await workflow.note(incidentId, { action: 'alert_update_failed', outcome: 'failed', details });
    const reason =
      error.details.failure === 'not_found'
        ? 'it no longer exists; it may have been merged into another'
        : 'check that the app has SecurityAlert.ReadWrite.All';
    log.error(
      { event: 'alert_not_updated', incidentId, alertId, ...error.logged },
      `the Defender alert was not updated: ${reason}`,
    );
  }
}
