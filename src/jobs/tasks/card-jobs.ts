import type { Incident } from '../../incident/model/incident.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { readAftermath } from '../../storage/aftermath.ts';
import { forgetCard, type PostedCard, readCard, saveCard } from '../../storage/cards.ts';
import { readPlace, watchingPlace } from '../../storage/conversations.ts';
import type { Trx } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import { cardJob, retireJob } from '../../storage/job.ts';
import { enqueue, isWaiting } from '../../storage/jobs.ts';
import type { Channel, Renderer } from '../../teams/ports.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule, Rest } from '../run-job.ts';
import { type DeliveredCardDependencies, findDelivered, notedPost } from './delivered-card.ts';
import { CHANNEL_CLOSED, isClosedFormerChannel, noteDelivery } from './delivery.ts';
import { mentionedOnNewCard, type NewCardMentions } from './new-card-mentions.ts';
import { noteShown, type QuorumDependencies, whoCanAct } from './who-can-act.ts';

export type CardDependencies = QuorumDependencies &
  DeliveredCardDependencies &
  NewCardMentions & {
    /** How long a connector is watched after an unblock; ms. */
    readonly watchAfterUnblockMs: number;
    readonly channel: Channel;
    readonly renderer: Renderer;
    readonly workflow: Pick<Workflow, 'note'>;
  };

const WITHOUT_CHANNEL_MS = 60_000;
/** Teams takes 60 messages to a thread in 30 s (Microsoft Teams: Optimize your bot with rate limiting). */
const BETWEEN_UPDATES_MS = 500;
/** After this time Graph lists a card whose delivery was not confirmed. */
const LATE_CARDS_MS = 60_000;

/** Posts an incident's card to the admin channel once; waits while there is no such channel. */
export async function postCard(deps: CardDependencies, incidentId: string): Promise<Reschedule | Rest> {
  const { db } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident === null) return undefined;
  const posted = await readCard(db, incidentId);
  if (posted !== null) return redraw(deps, incident, posted);
  const delivered = await findDelivered(deps, incidentId);
  if (delivered.kind === 'search_again') return { runAt: delivered.at };
  if (delivered.kind === 'found') return adopt(deps, incident, delivered);
  return postNew(deps, incident);
}

async function postNew(deps: CardDependencies, incident: Incident): Promise<Reschedule> {
  const { db, channel, renderer, workflow, clock, newId, log } = deps;
  const place = await watchingPlace(db);
  if (place === null) {
    log.error(
      { event: 'no_channel', incidentId: incident.id },
      'no channel to post to: set ADMIN_CHANNEL_ID, or send "watch here" to the bot in a channel',
    );
    return { runAt: clock() + WITHOUT_CHANNEL_MS };
  }
  const [quorum, mentions] = await Promise.all([
    whoCanAct(deps, incident, place),
    mentionedOnNewCard(deps, incident, place),
  ]);
  const begun = { channelId: place.channelId, begunAt: clock() };
  const aftermath = await readAftermath(db, incident, deps.watchAfterUnblockMs);
  const card = renderer.card(incident, quorum, aftermath, mentions);
  const { posted, mayBeTwice } = await notedPost(db, incident.id, begun, () => {
    const sent = channel.postCard(place, card, renderer.summary(incident));
    return noteDelivery(deps, place, sent, CHANNEL_CLOSED);
  });
  const location = { channelId: place.channelId, activityId: posted.activityId };
  const details = { ...location, cardRevision: incident.revision };
  await workflow.note(incident.id, { action: 'card_posted', outcome: 'done', details }, async (trx) => {
    await saveAsOnlyCard(deps, trx, incident.id, location);
    if (mayBeTwice) await enqueue(trx, newId(), retireJob(incident.id, null, clock() + LATE_CARDS_MS));
  });
  await noteShown(deps, incident.id, quorum);
  return undefined;
}

/** Adopts the newest card that was delivered without confirmation as the incident's card; the others lose their buttons. */
async function adopt(
  deps: CardDependencies,
  incident: Incident,
  { channelId, activityIds }: { readonly channelId: string; readonly activityIds: readonly string[] },
): Promise<Rest | undefined> {
  const { workflow, clock, newId, log } = deps;
  const activityId = activityIds.at(-1);
  if (activityId === undefined) return undefined;
  log.info(
    { event: 'card_already_delivered', incidentId: incident.id, activityId },
    'the card had been delivered; it is not posted again',
  );
  const card = { channelId, activityId };
  await workflow.note(incident.id, { action: 'card_found', outcome: 'done', details: card }, async (trx) => {
    await saveAsOnlyCard(deps, trx, incident.id, card);
    if (activityIds.length > 1) await enqueue(trx, newId(), retireJob(incident.id, null, clock()));
  });
  return redraw(deps, incident, card);
}

/** Saves the card. A card that another worker posted at the same time loses its buttons. */
async function saveAsOnlyCard(
  { clock, newId }: Pick<CardDependencies, 'clock' | 'newId'>,
  trx: Trx,
  incidentId: string,
  card: PostedCard,
): Promise<void> {
  const replaced = await saveCard(trx, incidentId, card, clock());
  if (replaced !== null) await enqueue(trx, newId(), retireJob(incidentId, replaced.activityId, clock()));
}

/**
 * Updates an incident's card to its current state. Posts a new one when the card was deleted, or when the bot can no longer
 * update it and cards are posted to another channel now.
 */
export async function updateCard(deps: CardDependencies, incidentId: string): Promise<Reschedule | Rest> {
  const incident = await readIncident(deps.db, incidentId);
  if (incident === null) return undefined;
  const posted = await readCard(deps.db, incidentId);
  return posted === null ? postCard(deps, incidentId) : redraw(deps, incident, posted);
}

async function redraw(deps: CardDependencies, incident: Incident, posted: PostedCard): Promise<Rest | undefined> {
  const { db, channel, renderer } = deps;
  const place = await readPlace(db, posted.channelId);
  if (place === null) return undefined;
  const quorum = await whoCanAct(deps, incident, place);
  const card = renderer.card(incident, quorum, await readAftermath(db, incident, deps.watchAfterUnblockMs));
  try {
    await noteDelivery(deps, place, channel.updateCard(place, posted.activityId, card, renderer.summary(incident)));
    await noteShown(deps, incident.id, quorum);
    return await restOf(deps, incident.id);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const isGone = error.details.failure === 'not_found';
    if (!isGone && !(await isClosedFormerChannel(db, posted.channelId, error))) throw error;
    await postAgain(deps, incident.id);
  }
  return undefined;
}

async function postAgain({ db, clock, newId, log }: CardDependencies, incidentId: string): Promise<void> {
  log.warn({ event: 'card_gone', incidentId }, 'the card was deleted, or its channel is closed; posting it again');
  await forgetCard(db, incidentId);
  await enqueue(db, newId(), cardJob('post_card', incidentId, clock()));
}

/** While a card changes faster than it is updated, what changes within `BETWEEN_UPDATES_MS` is shown by one update. */
async function restOf({ db, clock }: CardDependencies, incidentId: string): Promise<Rest | undefined> {
  const hasChanged = await isWaiting(db, cardJob('update_card', incidentId, clock()));
  return hasChanged ? { restMs: BETWEEN_UPDATES_MS } : undefined;
}
