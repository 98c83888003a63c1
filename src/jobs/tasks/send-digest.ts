import { claimCursor, moveCursor, readCursor } from '../../storage/alerts.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { countOpenTasks } from '../../storage/follow-up.ts';
import { listEndedSince, listOpen } from '../../storage/incidents.ts';
import { listPosture } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, type NoticeDependencies } from './delivery.ts';

export type DigestDependencies = NoticeDependencies & {
  /** Whether the weekly digest is on. */
  readonly digest: boolean;
};

const WEEK_MS = 7 * 24 * 3_600_000;
const WITHOUT_CHANNEL_MS = 3_600_000;
const CURSOR = 'digest';

/** Sends the digest of a week, if there is anything to report, a week after the previous one or after the first start. */
export async function sendDigest(deps: DigestDependencies): Promise<Reschedule> {
  const { db, channel, renderer, clock, digest } = deps;
  if (!digest) return undefined;
  const now = clock();
  const from = await readCursor(db, CURSOR);
  if (from === null) {
    await moveCursor(db, CURSOR, now);
    return { runAt: now + WEEK_MS };
  }
  if (now < from + WEEK_MS) return { runAt: from + WEEK_MS };
  const place = await watchingPlace(db);
  if (place === null) return { runAt: now + WITHOUT_CHANNEL_MS };
  const message = renderer.digest(await weekOf(db, from, now));
  // Stored first, by one worker: a digest that may have arrived is not repeated.
  if (!(await claimCursor(db, CURSOR, from, now)) || message === null) return { runAt: now + WEEK_MS };
  await deliverOnce(deps, place, channel.postMessage(place, message), {
    logged: { event: 'digest_uncertain' },
    restore: async () => void (await claimCursor(db, CURSOR, now, from)),
  });
  return { runAt: now + WEEK_MS };
}

async function weekOf(db: Db, from: number, until: number) {
  const [ended, open, posture, openTasks] = await Promise.all([
    listEndedSince(db, from),
    listOpen(db),
    listPosture(db),
    countOpenTasks(db),
  ]);
  const isRestriction = ({ connector }: { readonly connector: object | null }) => connector !== null;
  const begun = [...ended, ...open].filter((incident) => isRestriction(incident) && incident.openedAt >= from);
  const unblocked = ended.filter(({ state }) => state === 'unblocked');
  return {
    from,
    until,
    posture,
    openTasks,
    restricted: begun.length,
    unblocked: unblocked.length,
    open: open.filter(isRestriction).length,
  };
}
