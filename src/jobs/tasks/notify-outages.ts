import {
  noticeDue,
  noticeRestored,
  noticeSent,
  type OutageNotice,
  type ReadingHistory,
  SOURCES,
} from '../../incident/model/outage.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { changeHistory } from '../../storage/outages.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, type NoticeDependencies } from './delivery.ts';

export type OutageDependencies = NoticeDependencies & {
  readonly outageAfterMs: number;
};

type Begun = { readonly notice: OutageNotice; readonly before: ReadingHistory };

/**
 * Notifies the channel of outages that began or ended. The job reads the current state, so an outage that is over by then
 * is not reported. The notice is stored as sent before it is sent, and restored only when it certainly did not arrive, so
 * that no notice is sent twice.
 */
export async function notifyOutages(deps: OutageDependencies): Promise<Reschedule> {
  const { db, channel, renderer, clock, outageAfterMs, log } = deps;
  const place = await watchingPlace(db);
  if (place === null) return undefined;
  const begun = await begin(db, clock(), outageAfterMs);
  if (begun.length === 0) return undefined;
  const notices = begun.map(({ notice }) => notice);
  const isSent = await deliverOnce(deps, place, channel.postMessage(place, renderer.outages(notices)), {
    logged: { event: 'outage_notice_uncertain', notices },
    restore: () => restoreNotices(db, begun),
  });
  if (isSent) log.warn({ event: 'outage_notice_sent', notices }, 'the channel was notified of outages');
  return undefined;
}

function begin(db: Db, now: number, afterMs: number): Promise<readonly Begun[]> {
  return db.transaction().execute(async (trx) => {
    const begun: Begun[] = [];
    for (const source of SOURCES) {
      await changeHistory(trx, source, (before) => {
        const notice = noticeDue(source, before, now, afterMs);
        if (notice === null) return before;
        begun.push({ notice, before });
        return noticeSent(before, notice, now);
      });
    }
    return begun;
  });
}

async function restoreNotices(db: Db, begun: readonly Begun[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { notice, before } of begun)
      await changeHistory(trx, notice.source, (history) => noticeRestored(history, before));
  });
}
