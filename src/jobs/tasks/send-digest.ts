import { UpstreamError } from '../../shared/errors.ts';
import { moveCursor, readCursor } from '../../storage/alerts.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { countOpenTasks } from '../../storage/follow-up.ts';
import { listEndedSince, listOpen } from '../../storage/incidents.ts';
import { listPosture } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';
import { type CardDependencies, CHANNEL_CLOSED, noteDelivery } from './card-jobs.ts';
import { isCertainlyNotDelivered } from './delivered-card.ts';

export type DigestDependencies = Pick<CardDependencies, 'db' | 'channel' | 'renderer' | 'clock' | 'log'> & {
  /** Whether the weekly digest is on. */
  readonly digest: boolean;
};

const WEEK_MS = 7 * 24 * 3_600_000;
const WITHOUT_CHANNEL_MS = 3_600_000;
const CURSOR = 'digest';

/** Sends the digest of a week, if there is anything to report, a week after the previous one or after the first start. */
export async function sendDigest(deps: DigestDependencies): Promise<Reschedule> {
  const { db, channel, renderer, clock, log, digest } = deps;
  if (!digest) return undefined;
  const now = clock();
  const from = await readCursor(db, CURSOR);
  if (from === null) return next(db, now);
  if (now < from + WEEK_MS) return { runAt: from + WEEK_MS };
  const place = await watchingPlace(db);
  if (place === null) return { runAt: now + WITHOUT_CHANNEL_MS };
  const message = renderer.digest(await weekOf(db, from, now));
  // Store first: a digest that may have arrived is not repeated.
  await moveCursor(db, CURSOR, now);
  if (message === null) return { runAt: now + WEEK_MS };
  try {
    await noteDelivery(deps, place, channel.postMessage(place, message), CHANNEL_CLOSED);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (isCertainlyNotDelivered(error)) {
      await moveCursor(db, CURSOR, from);
      throw error;
    }
    log.warn({ event: 'digest_uncertain', ...error.logged }, 'the weekly digest may not have arrived');
  }
  return { runAt: now + WEEK_MS };
}

async function next(db: Db, now: number): Promise<Reschedule> {
  await moveCursor(db, CURSOR, now);
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
    ...{ from, until, posture, openTasks },
    restricted: begun.length,
    unblocked: unblocked.length,
    open: open.filter(isRestriction).length,
  };
}
