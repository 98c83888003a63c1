import { readBegunPost } from '../storage/card-posts.ts';
import { isPresentCard, type PostedCard, readCard } from '../storage/cards.ts';
import type { Db } from '../storage/database.ts';
import { retireJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/**
 * Asks for a card to be replaced when somebody pressed it and it is not the incident's card, or not known to be; only once
 * the incident's card is known is it replaced. Which incident and which message they pressed is theirs to say, so a card
 * that is any incident's present one is left alone.
 */
export async function retireStaleCard(
  { db, clock, newId }: Dependencies,
  incidentId: string,
  pressed: PostedCard,
): Promise<void> {
  // In this order: a post that ends between the two reads has become the card.
  const begun = await readBegunPost(db, incidentId);
  const current = (await readCard(db, incidentId)) ?? begun;
  if (current === null || current.channelId !== pressed.channelId || (await isPresentCard(db, pressed))) return;
  await enqueue(db, newId(), retireJob(incidentId, pressed.activityId, clock()));
}
