import { UpstreamError, type UpstreamFailure } from '../errors.ts';
import type { Incident } from '../incident/incident.ts';
import type { Log } from '../log.ts';
import { forgetCard, type PostedCard, readCard, saveCard } from '../storage/cards.ts';
import { type Place, readPlace, setPlaceProblem, watchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import { cardJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import type { Workflow } from '../workflow.ts';
import type { Channel, Wording } from './ports.ts';
import type { Again } from './run-job.ts';

export type CardDependencies = {
  readonly db: Db;
  readonly channel: Channel;
  readonly wording: Wording;
  readonly workflow: Pick<Workflow, 'note'>;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly log: Log;
};

const WITHOUT_CHANNEL_MS = 60_000;

const BOT_REMOVED: ReadonlySet<UpstreamFailure> = new Set(['forbidden', 'unauthorized']);
/** Of a new message: not found means the channel; of one that was posted before, it means that message. */
const CHANNEL_CLOSED: ReadonlySet<UpstreamFailure> = new Set([...BOT_REMOVED, 'not_found']);

/** Posts an incident's card to the watching channel, once; waits while there is no such channel. */
export async function postCard(deps: CardDependencies, incidentId: string): Promise<Again> {
  const { db, channel, wording, workflow, clock, log } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident === null) return undefined;
  const posted = await readCard(db, incidentId);
  if (posted !== null) return redraw(deps, incident, posted);
  const place = await watchingPlace(db);
  if (place === null) {
    log.error(
      { incidentId },
      'no channel to post to: set ADMIN_CHANNEL_ID, or say "watch here" to the bot in a channel',
    );
    return { runAt: clock() + WITHOUT_CHANNEL_MS };
  }
  const sent = channel.postCard(place, wording.card(incident), wording.summary(incident));
  const { activityId } = await reporting(deps, place, sent, CHANNEL_CLOSED);
  const card = { channelId: place.channelId, activityId };
  await saveCard(db, incidentId, card, clock());
  const details = { ...card, cardRevision: incident.revision };
  await workflow.note(incidentId, { action: 'card_posted', outcome: 'done', details });
  return undefined;
}

/** Redraws an incident's card in its present state; posts a new one when it was deleted. */
export async function updateCard(deps: CardDependencies, incidentId: string): Promise<Again> {
  const incident = await readIncident(deps.db, incidentId);
  if (incident === null) return undefined;
  const posted = await readCard(deps.db, incidentId);
  return posted === null ? postCard(deps, incidentId) : redraw(deps, incident, posted);
}

async function redraw(deps: CardDependencies, incident: Incident, posted: PostedCard): Promise<Again> {
  const { db, channel, wording, clock, newId, log } = deps;
  const place = await readPlace(db, posted.channelId);
  if (place === null) return undefined;
  try {
    const updated = channel.updateCard(place, posted.activityId, wording.card(incident), wording.summary(incident));
    await reporting(deps, place, updated);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.details.failure !== 'not_found') throw error;
    log.warn({ incidentId: incident.id }, 'the card is gone from the channel; posting it anew');
    await forgetCard(db, incident.id);
    await enqueue(db, newId(), cardJob('post_card', incident.id, clock()));
  }
  return undefined;
}

/** Keeps what stops the bot from posting where /readyz and the chat can tell it. */
export async function reporting<T>(
  { db, log }: CardDependencies,
  place: Place,
  sending: Promise<T>,
  closed: ReadonlySet<UpstreamFailure> = BOT_REMOVED,
): Promise<T> {
  try {
    const result = await sending;
    await setPlaceProblem(db, place.channelId, null);
    return result;
  } catch (error) {
    if (error instanceof UpstreamError && closed.has(error.details.failure)) {
      await setPlaceProblem(db, place.channelId, error.message);
      log.error(
        { channel: place.channelId, upstream: error.message },
        'the bot cannot post to the channel: is the channel still there, and the bot in its team?',
      );
    }
    throw error;
  }
}
