import type { Db } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import { cardJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/**
 * Has the card of every open incident drawn anew. What the channel shows may be by another version of the service, or from
 * after the backup that was restored, with buttons for an approval that is no more.
 */
export async function redrawOpen({ db, clock, newId }: Dependencies): Promise<void> {
  for (const { id } of await listOpen(db)) await enqueue(db, newId(), cardJob('update_card', id, clock()));
}
