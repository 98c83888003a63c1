import type { Db } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import { cardJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/**
 * Requests an update of every open incident's card. The present card may come from another version of the service, or be newer
 * than a restored backup and have buttons for an approval that no longer exists.
 */
export async function redrawOpen({ db, clock, newId }: Dependencies): Promise<void> {
  for (const { id } of await listOpen(db)) await enqueue(db, newId(), cardJob('update_card', id, clock()));
}
