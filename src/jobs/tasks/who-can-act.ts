import { isDeepStrictEqual } from 'node:util';
import { MINUTE_MS } from '../../incident/model/duration.ts';
import type { Incident } from '../../incident/model/incident.ts';
import {
  countQuorum,
  type EligibleReading,
  isWorthRedrawing,
  needsPeople,
  type Quorum,
  unreadQuorum,
} from '../../incident/model/quorum.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { within } from '../../shared/timeout.ts';
import { readCard } from '../../storage/cards.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import { cardJob, quorumJob } from '../../storage/job.ts';
import { enqueue, isWaiting } from '../../storage/jobs.ts';
import { readQuorum, saveQuorum } from '../../storage/quorums.ts';
import type { Channel } from '../../teams/ports.ts';
import type { Reschedule } from '../run-job.ts';

export type QuorumDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly channel: Pick<Channel, 'roster'>;
  /** Lists everyone who may approve and confirm, whether or not they are in the channel. */
  readonly listEligible: () => Promise<EligibleReading>;
  readonly pollMs: number;
};

/** How long a card waits for the people who can act. */
export const CARD_WAITS_MS = 3_000;
/** The people are counted at every fifth poll, because they change more slowly than restrictions. */
const POLLS_BETWEEN_COUNTS = 5;

/**
 * Counts the people in a place who can still act on an incident; null when nobody has to act. Never throws and returns
 * within a few seconds.
 */
export async function whoCanAct(deps: QuorumDependencies, incident: Incident, place: Place): Promise<Quorum | null> {
  if (!needsPeople(incident)) return null;
  const at = deps.clock();
  const counted = await within(CARD_WAITS_MS, () => count(deps, incident, place, at));
  return counted ?? unreadQuorum(incident, at);
}

async function count(
  { listEligible, channel, log }: QuorumDependencies,
  incident: Incident,
  place: Place,
  at: number,
): Promise<Quorum | null> {
  try {
    const [eligible, members] = await Promise.all([listEligible(), channel.roster(place)]);
    const roster = new Map(
      members.flatMap(({ id, objectId }) => (objectId === null ? [] : [[objectId.toLowerCase(), id] as const])),
    );
    return countQuorum(incident, eligible, roster, at);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn(
      { event: 'quorum_unreadable', incidentId: incident.id, upstream: error.message },
      'the people who can act could not be read',
    );
    return null;
  }
}

/** Stores the quorum that a card now shows, and queues the next count. It writes nothing when both are already so. */
export async function noteShown(deps: QuorumDependencies, incidentId: string, shown: Quorum | null): Promise<void> {
  if (shown === null) return;
  const { db, newId } = deps;
  const next = quorumJob(incidentId, nextCount(deps));
  if (isSameCount(await readQuorum(db, incidentId), shown) && (await isWaiting(db, next))) return;
  await db.transaction().execute(async (trx) => {
    await saveQuorum(trx, incidentId, shown);
    await enqueue(trx, newId(), next);
  });
}

/** Whether two counts within a minute, which is what cards show of their time, had the same result. */
function isSameCount(known: Quorum | null, now: Quorum): boolean {
  return known !== null && now.at - known.at < MINUTE_MS && isDeepStrictEqual({ ...known, at: now.at }, now);
}

/** Counts again while people have to act, and updates the card when the change must not wait for the card's next update. */
export async function watchQuorum(deps: QuorumDependencies, incidentId: string): Promise<Reschedule> {
  const { db, newId, clock, log } = deps;
  const [incident, card] = await Promise.all([readIncident(db, incidentId), readCard(db, incidentId)]);
  if (incident === null || card === null || !needsPeople(incident)) return undefined;
  const place = await readPlace(db, card.channelId);
  const now = place === null ? null : await whoCanAct(deps, incident, place);
  if (now !== null && isWorthRedrawing(await readQuorum(db, incidentId), now, incident)) {
    log.warn({ event: 'quorum_changed', incidentId, quorum: now }, 'the people who can act changed; updating the card');
    await enqueue(db, newId(), cardJob('update_card', incidentId, clock()));
  }
  return { runAt: nextCount(deps) };
}

function nextCount({ clock, pollMs }: QuorumDependencies): number {
  return clock() + POLLS_BETWEEN_COUNTS * pollMs;
}
