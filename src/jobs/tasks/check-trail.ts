import { type Acceptance, readAcceptance } from '../../audit/accepted.ts';
import { type Inspection, inspectTrail } from '../../audit/inspect.ts';
import type { TrailWatch } from '../../audit/trail-watch.ts';
import { DAY_MS } from '../../incident/model/duration.ts';
import type { Reading } from '../../incident/model/observation.ts';
import {
  brokenAt,
  type NotedAnchor,
  type TrailBreak,
  type TrailNotice,
  withFound,
} from '../../incident/model/trail.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { listLinkedAlerts } from '../../storage/alerts.ts';
import { anchorText } from '../../storage/audit.ts';
import type { Db, Trx } from '../../storage/database.ts';
import { notifyTrailJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import { throttled } from '../../storage/throttled.ts';
import { lockTrail, readTrail, saveTrail, type TrailState } from '../../storage/trail.ts';
import { restoreGuards } from '../../workflow/restore-guards.ts';
import type { Reschedule } from '../run-job.ts';

export type TrailDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly trail: TrailWatch;
  /**
   * Lists the anchors in the comments of the alerts that changed since a time (ms since the epoch) and of the alerts in
   * `alertIds`.
   */
  readonly listAnchors: (
    sinceMs: number,
    alertIds: readonly string[],
  ) => Promise<Reading<NotedAnchor> & { readonly foreign: number }>;
};

const ANCHORS_BACK_MS = 30 * DAY_MS;
/** Older alerts to read; each takes a separate call to Graph. */
const MAX_OLDER_ALERTS = 25;
/** The delay before anchors that could not be read are tried again. */
const RETRY_ANCHORS_MS = 30 * 60_000;
/**
 * Restores the database's guards, checks the whole audit trail, and compares it with the anchors in Defender's comments.
 * The channel is notified once of a break, which prevents every unblock until a person accepts it. While Graph is
 * unavailable, the trail counts as not compared with those anchors, not as broken.
 */
export async function checkTrail(deps: TrailDependencies): Promise<Reschedule> {
  const { db, trail, clock } = deps;
  await restoreGuards(deps);
  const known = await trail.broken(db);
  const { acceptedSeq } = await readTrail(db);
  const accepted = await readAcceptance(db, acceptedSeq);
  const anchors = await readAnchors(deps);
  const inspected = await inspectTrail(throttled(db), [...(anchors ?? []), ...trail.anchors()], accepted);
  const isCurrent = await saveChecked(deps, { known, inspected, acceptedSeq, accepted, anchors });
  if (!isCurrent) return { runAt: clock() };
  return { runAt: clock() + (anchors === null ? RETRY_ANCHORS_MS : DAY_MS) };
}

/** Reads the anchors. Returns null when they could not be read, which proves nothing. */
async function readAnchors({ db, listAnchors, clock, log }: TrailDependencies): Promise<readonly NotedAnchor[] | null> {
  try {
    const since = clock() - ANCHORS_BACK_MS;
    const { items, reason, foreign } = await listAnchors(since, await listLinkedAlerts(db, MAX_OLDER_ALERTS));
    if (reason !== null) log.warn({ event: 'anchors_incomplete', reason }, 'not all anchors could be read');
    if (foreign > 0)
      log.warn({ event: 'anchors_foreign', foreign }, 'comments by others hold anchors; they do not count');
    return items;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ event: 'anchors_unread', ...error.logged }, 'the audit trail was not compared with its anchors');
    return null;
  }
}

type Checked = {
  readonly known: TrailBreak | null;
  readonly inspected: Inspection;
  readonly acceptedSeq: number | null;
  readonly accepted: Acceptance | null;
  readonly anchors: readonly NotedAnchor[] | null;
};

/**
 * Stores the result in memory and in the database, and queues the notices. Returns false when a person accepted the trail
 * meanwhile.
 */
async function saveChecked(deps: TrailDependencies, checked: Checked): Promise<boolean> {
  const { db, trail, clock } = deps;
  const at = clock();
  const { known, inspected, acceptedSeq } = checked;
  const found = withFound(known, inspected.found && { ...inspected.found, foundAt: at });
  if (found !== null) trail.found(found, acceptedSeq);
  if (inspected.head !== null) trail.intact(inspected.head, at);
  const isCurrent = await db.transaction().execute(async (trx) => {
    const before = await lockTrail(trx);
    if (before.acceptedSeq !== acceptedSeq) return false;
    await saveTrail(trx, { ...before, ...(await notified(deps, trx, { before, found, checked, at })) });
    return true;
  });
  if (isCurrent) logCheck(deps, found, checked);
  return isCurrent;
}

type TrailFinding = {
  readonly before: TrailState;
  readonly found: TrailBreak | null;
  readonly checked: Checked;
  readonly at: number;
};

/** Queues the notices that the channel has not received yet. */
async function notified(
  { newId }: TrailDependencies,
  trx: Trx,
  { before, found, checked, at }: TrailFinding,
): Promise<Partial<TrailState>> {
  const { accepted, anchors } = checked;
  const notify = (notice: TrailNotice) => enqueue(trx, newId(), notifyTrailJob(notice, newId(), at));
  if (accepted !== null && before.notifiedAcceptedSeq !== accepted.seq) {
    const { by, because } = accepted;
    await notify({ kind: 'accepted', by, because, at: accepted.at });
  }
  const now = withFound(before.found, found);
  if (now !== null && now !== before.found) await notify({ kind: 'broken', found: now });
  const notifiedAcceptedSeq = accepted?.seq ?? before.notifiedAcceptedSeq;
  return {
    found: now,
    notifiedAcceptedSeq,
    checkedAt: at,
    ...(anchors === null ? {} : { anchorsReadAt: at }),
  };
}

function logCheck(
  { log }: TrailDependencies,
  found: TrailBreak | null,
  { inspected, anchors, accepted }: Checked,
): void {
  const head = inspected.head === null ? {} : { audit: anchorText(inspected.head) };
  const about = { anchors: anchors?.length ?? null, acceptedSeq: accepted?.seq ?? null, ...head };
  if (found === null) log.info({ event: 'trail_checked', ...about }, 'the audit trail is intact');
  else log.error({ event: 'trail_broken', ...about, seq: brokenAt(found), found }, 'the audit trail is broken');
}
