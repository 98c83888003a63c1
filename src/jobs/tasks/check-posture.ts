import { createHash } from 'node:crypto';
import type { Gather } from '../../evidence/gather.ts';
import type { Subject } from '../../evidence/subject.ts';
import { latestChange } from '../../incident/model/connector.ts';
import type { Finding } from '../../incident/model/finding.ts';
import type { InboundConnector } from '../../incident/model/observation.ts';
import { type Posture, stillReported, unreported } from '../../incident/model/posture.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { listConnectorChanges } from '../../storage/activity-feed.ts';
import type { Db } from '../../storage/database.ts';
import { singleJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import { readObservation } from '../../storage/observations.ts';
import { nextPosture, savePosture, syncPosture } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';

type CheckDependencies = Omit<PostureDependencies, 'roomForPosture'>;

export type PostureDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly gather: Gather;
  /** Returns the earliest time (ms since the epoch) at which the checks of one more connector stay within Microsoft's limits. */
  readonly roomForPosture: (now: number) => Promise<number>;
};

/** Each connector is checked again after 18 to 24 hours. The interval is fixed per connector and spreads the checks. */
const EARLIEST_MS = 18 * 3_600_000;
const SPREAD_MS = 6 * 3_600_000;
/** The pause between two connectors. */
const PAUSE_MS = 5_000;
/** New connectors and requested checks are found within this time. */
const SEARCH_EVERY_MS = 60_000;
/** Delays the notification so that related findings arrive together; the first findings of a new service take some minutes. */
const NOTIFY_AFTER_MS = 30_000;
const FIRST_NOTIFY_AFTER_MS = 15 * 60_000;

/** Checks the connector whose check is due the longest, and returns when the next one is due. */
export async function checkPosture(deps: PostureDependencies): Promise<Reschedule> {
  const { db, clock, roomForPosture } = deps;
  const inbound = (await readObservation(db, 'complete'))?.inbound ?? null;
  if (inbound === null) return { runAt: clock() + SEARCH_EVERY_MS };
  await syncPosture(db, inbound, clock());
  const next = await nextPosture(db);
  const now = clock();
  if (next === null || next.dueAt > now)
    return { runAt: Math.min(next?.dueAt ?? Number.POSITIVE_INFINITY, now + SEARCH_EVERY_MS) };
  const room = await roomForPosture(now);
  if (room > now) return { runAt: room };
  const connector = inbound.find(({ id }) => id === next.connectorId);
  if (connector !== undefined) await checkConnector(deps, connector);
  return { runAt: clock() + PAUSE_MS };
}

/** Runs the checks of one connector and stores the findings as its posture. Returns null when the connector is no longer known. */
export async function checkConnector(deps: CheckDependencies, connector: InboundConnector): Promise<Posture | null> {
  const { db, gather, clock, newId, log } = deps;
  const at = clock();
  const found: Finding[] = [];
  await gather(await subjectOf(db, connector), async (findings) => void found.push(...findings));
  return db.transaction().execute(async (trx) => {
    let wasChecked = true;
    const posture = await savePosture(
      trx,
      connector.id,
      { findings: found, at, dueAt: at + againAfterMs(connector.id) },
      (before) => {
        wasChecked = before.checkedAt !== null;
        return stillReported(before.notified, found);
      },
    );
    if (posture !== null && unreported(posture).length > 0)
      await enqueue(
        trx,
        newId(),
        singleJob('notify_posture', clock() + (wasChecked ? NOTIFY_AFTER_MS : FIRST_NOTIFY_AFTER_MS)),
      );
    log.debug({ event: 'posture_checked', connector: connector.id }, 'a connector was checked');
    return posture;
  });
}

function againAfterMs(connectorId: string): number {
  const share = createHash('sha256').update(connectorId).digest().readUInt32BE() / 2 ** 32;
  return EARLIEST_MS + Math.floor(share * SPREAD_MS);
}

async function subjectOf(db: Db, connector: InboundConnector): Promise<Subject> {
  const { id, name, configuration, createdAt, changedAt } = connector;
  const changedBy = latestChange(connector, await listConnectorChanges(db)) ?? null;
  return { id, name, configuration, createdAt, changedAt, changedBy, restrictedSince: null, incidentId: null };
}
