import { isPresentCard, type PostedCard, readBegunPost, readCard } from '../storage/cards.ts';
import type { Db } from '../storage/database.ts';
import { retireJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/**
 * Requests a job that replaces the clicked card if it may not be the incident's present card. The job acts only once the present
 * card is known. The client names the incident and the message, so a card that is the present one of any incident is left alone.
 */
export async function retireStaleCard(
  { db, clock, newId }: Dependencies,
  incidentId: string,
  pressed: PostedCard,
): Promise<void> {
  if (await isPresentCard(db, pressed)) return;
  // The order matters: a post that ends between the two reads has become the card.
  const begun = await readBegunPost(db, incidentId);
  const current = (await readCard(db, incidentId)) ?? begun;
  if (current === null || current.channelId !== pressed.channelId || (await isPresentCard(db, pressed))) return;
  await enqueue(db, newId(), retireJob(incidentId, pressed.activityId, clock()));
}
