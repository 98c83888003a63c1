import { DAY_MS } from '../../incident/model/duration.ts';
import { type CheckResult, checkNotices, needsSecondRun, noteResults } from '../../incident/model/self-check.ts';
import type { Runtime } from '../../shared/runtime.ts';
import type { Db } from '../../storage/database.ts';
import { singleJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import { lockSelfCheck, readSelfCheck, saveSelfCheck } from '../../storage/self-checks.ts';
import type { Reschedule } from '../run-job.ts';

export type SelfCheckDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  /** Runs the doctor's checks one after another without changing anything; null when the self-check is off. */
  readonly examine: (() => Promise<readonly CheckResult[]>) | null;
  /** Returns whether a Microsoft service currently does not respond. */
  readonly isOutage: () => Promise<boolean>;
  /** The interval of the heartbeat in the channel, ms; null for none. */
  readonly heartbeatMs: number | null;
};

const LONGEST_WAIT_MS = 6 * 3_600_000;
const SECOND_RUN_MS = 10 * 60_000;

/**
 * Runs the doctor's checks daily. A check that turned bad runs again ten minutes later before the channel is notified, so
 * that one lost response raises no alarm. During an outage, which has its own notice, the self-check waits for at most six
 * hours, because what seems to be an outage may be a wrong setting.
 */
export async function selfCheck(deps: SelfCheckDependencies): Promise<Reschedule> {
  const { db, examine, clock } = deps;
  if (examine === null) return undefined;
  if (await mustWait(deps)) return { runAt: clock() + SECOND_RUN_MS };
  const results = await examine();
  if (await mustWait(deps)) return { runAt: clock() + SECOND_RUN_MS };
  const isSettled = await db.transaction().execute(async (trx) => {
    const before = await lockSelfCheck(trx);
    const histories = noteResults(before.histories, results, clock());
    await saveSelfCheck(trx, { ...before, histories, checkedAt: clock() });
    if (checkNotices(histories).length > 0 || isHeartbeatDue(deps, before.heartbeatAt))
      await enqueue(trx, deps.newId(), singleJob('notify_self_check', clock()));
    return !needsSecondRun(histories);
  });
  logResults(deps, results);
  return { runAt: clock() + (isSettled ? DAY_MS : SECOND_RUN_MS) };
}

async function mustWait({ db, isOutage, clock }: SelfCheckDependencies): Promise<boolean> {
  const { checkedAt } = await readSelfCheck(db);
  return checkedAt !== null && clock() - checkedAt < DAY_MS + LONGEST_WAIT_MS && (await isOutage());
}

function isHeartbeatDue({ heartbeatMs, clock }: SelfCheckDependencies, last: number | null): boolean {
  return heartbeatMs !== null && clock() - (last ?? 0) >= heartbeatMs;
}

function logResults({ log }: SelfCheckDependencies, results: readonly CheckResult[]): void {
  const bad = results.filter(({ status }) => status === 'warning' || status === 'failed');
  for (const { id, status, says, todo } of bad)
    log.warn({ event: 'self_check_finding', check: id, status, todo }, says);
  log.info({ event: 'self_check', checks: results.length, bad: bad.length }, 'the self-check is done');
}
