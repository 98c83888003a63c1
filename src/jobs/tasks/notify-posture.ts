import { type Posture, unreported } from '../../incident/model/posture.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { listOpen } from '../../storage/incidents.ts';
import { listPosture, setNotified } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, type NoticeDependencies } from './delivery.ts';

const WITHOUT_CHANNEL_MS = 10 * 60_000;

/**
 * Notifies the channel once of connectors with a check that turned `bad`, several in one message. The notice is stored as
 * sent before it is sent, and restored only when it certainly did not arrive. A connector with an open incident is skipped,
 * because its card shows the finding.
 */
export async function notifyPosture(deps: NoticeDependencies): Promise<Reschedule> {
  const { db, channel, renderer, clock } = deps;
  const place = await watchingPlace(db);
  if (place === null) return { runAt: clock() + WITHOUT_CHANNEL_MS };
  const begun = await begin(db);
  if (begun.length === 0) return undefined;
  await deliverOnce(deps, place, channel.postMessage(place, renderer.posture(begun)), {
    logged: { event: 'posture_notice_uncertain' },
    restore: () => restoreNotices(db, begun),
  });
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
