import { type Posture, unreported } from '../../incident/model/posture.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { listOpen } from '../../storage/incidents.ts';
import { listPosture, setNotified } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';
import { type CardDependencies, CHANNEL_CLOSED, noteDelivery } from './card-jobs.ts';
import { isCertainlyNotDelivered } from './delivered-card.ts';

type Dependencies = Pick<CardDependencies, 'db' | 'channel' | 'renderer' | 'clock' | 'log'>;

const WITHOUT_CHANNEL_MS = 10 * 60_000;

/**
 * Notifies the channel once of connectors with a check that turned `bad`, several in one message. The notice is stored as
 * sent before it is sent, and restored only when it certainly did not arrive. A connector with an open incident is skipped,
 * because its card shows the finding.
 */
export async function notifyPosture(deps: Dependencies): Promise<Reschedule> {
  const { db, channel, renderer, clock, log } = deps;
  const place = await watchingPlace(db);
  if (place === null) return { runAt: clock() + WITHOUT_CHANNEL_MS };
  const begun = await begin(db);
  if (begun.length === 0) return undefined;
  try {
    await noteDelivery(deps, place, channel.postMessage(place, renderer.posture(begun)), CHANNEL_CLOSED);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (isCertainlyNotDelivered(error)) {
      await restoreNotices(db, begun);
      throw error;
    }
    log.warn({ event: 'posture_notice_uncertain', ...error.logged }, 'a notice about a finding may not have arrived');
  }
  return undefined;
}

/** Returns the connectors to notify of, and marks their new findings as notified. */
function begin(db: Db): Promise<readonly Posture[]> {
  return db.transaction().execute(async (trx) => {
    const restricted = new Set((await listOpen(trx)).map(({ connector }) => connector?.id));
    const postures = (await listPosture(trx)).filter((posture) => unreported(posture).length > 0);
    for (const posture of postures)
      await setNotified(trx, posture.connectorId, [...posture.notified, ...unreported(posture)]);
    return postures.filter(({ connectorId }) => !restricted.has(connectorId));
  });
}

async function restoreNotices(db: Db, begun: readonly Posture[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { connectorId, notified } of begun) await setNotified(trx, connectorId, notified);
  });
}
