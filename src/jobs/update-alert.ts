import { UpstreamError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { listOpen, readIncident } from '../storage/incidents.ts';
import type { Wording } from './ports.ts';

export type AlertDependencies = {
  readonly db: Db;
  readonly alerts: { comment(id: string, text: string): Promise<void>; resolve(id: string): Promise<void> };
  readonly wording: Pick<Wording, 'alertComment'>;
  readonly log: Log;
};

/** Writes what happened into the Defender alert; resolves it only after our own unblock, and of every connector it is about. */
export async function updateAlert(
  { db, alerts, wording, log }: AlertDependencies,
  incidentId: string,
  alertId: string,
): Promise<void> {
  const incident = await readIncident(db, incidentId);
  if (incident === null) return;
  try {
    await alerts.comment(alertId, wording.alertComment(incident));
    const isAll = !(await listOpen(db)).some((it) => it.alerts.some(({ id }) => id === alertId));
    const isOurs = incident.ending === 'two_admins' || incident.ending === 'break_glass';
    if (isOurs && isAll) await alerts.resolve(alertId);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    const why =
      error.details.failure === 'not_found'
        ? 'it is gone: was it merged into another?'
        : 'does the app have SecurityAlert.ReadWrite.All?';
    log.error({ incidentId, alertId, upstream: error.message }, `the Defender alert was left as it is: ${why}`);
  }
}
