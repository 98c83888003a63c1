import { type CheckNotice, checkNotices, notifiedOf } from '../../incident/model/self-check.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { lockSelfCheck, type SelfCheckState, saveSelfCheck } from '../../storage/self-checks.ts';
import type { Reschedule } from '../run-job.ts';
import { CHANNEL_CLOSED, deliverOnce, type NoticeDependencies } from './delivery.ts';

export type SelfCheckNoticeDependencies = NoticeDependencies & {
  readonly heartbeatMs: number | null;
};

type Begun = {
  readonly before: SelfCheckState;
  readonly notices: readonly CheckNotice[];
  readonly isHeartbeat: boolean;
};

/**
 * Notifies the channel of checks that turned bad or were fixed, and of a due heartbeat. The notice is stored as sent before
 * it is sent, and restored only when it certainly did not arrive, so that no notice is sent twice. Without a channel, the
 * next run tries again.
 */
export async function notifySelfCheck(deps: SelfCheckNoticeDependencies): Promise<Reschedule> {
  const { db, channel, renderer } = deps;
  const place = await watchingPlace(db);
  if (place === null) return undefined;
  const begun = await begin(deps);
  const { notices, isHeartbeat } = begun;
  if (notices.length === 0 && !isHeartbeat) return undefined;
  try {
    const message = renderer.selfCheck(notices, isHeartbeat ? begun.before.checkedAt : null);
    await deliverOnce(deps, place, channel.postMessage(place, message), {
      logged: { event: 'self_check_notice_uncertain' },
      restore: () => restoreNotices(db, begun),
    });
  } catch (error) {
    // A closed channel stays closed for longer than a job is retried; the next run tries again.
    if (!(error instanceof UpstreamError) || !CHANNEL_CLOSED.has(error.details.failure)) throw error;
  }
  return undefined;
}

function begin({ db, heartbeatMs, clock }: SelfCheckNoticeDependencies): Promise<Begun> {
  return db.transaction().execute(async (trx) => {
    const before = await lockSelfCheck(trx);
    const notices = checkNotices(before.histories);
    const isHeartbeat = heartbeatMs !== null && clock() - (before.heartbeatAt ?? 0) >= heartbeatMs;
    const heartbeatAt = isHeartbeat ? clock() : before.heartbeatAt;
    await saveSelfCheck(trx, { ...before, heartbeatAt, histories: notifiedOf(before.histories, notices) });
    return { before, notices, isHeartbeat };
  });
}

async function restoreNotices(db: Db, { before, notices }: Begun): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = await lockSelfCheck(trx);
    const restored = notices.flatMap(({ id }) => {
      const [known, current] = [before.histories[id], now.histories[id]];
      if (known === undefined || current === undefined) return [];
      return [[id, { ...current, known: known.known, notified: known.notified }] as const];
    });
    const histories = { ...now.histories, ...Object.fromEntries(restored) };
    await saveSelfCheck(trx, { ...now, histories, heartbeatAt: before.heartbeatAt });
  });
}
