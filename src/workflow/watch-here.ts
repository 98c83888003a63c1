import type { Person } from '../incident/model/approval.ts';
import { appendAudit } from '../storage/audit.ts';
import { type Place, setWatchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import { cardJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { noteEntry } from './audit-entry.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/** Makes a channel the one that watches, on the record, and posts there what is open and has no card yet. */
export async function watchHere({ db, clock, newId }: Dependencies, place: Place, by: Person): Promise<void> {
  const at = clock();
  await db.transaction().execute(async (trx) => {
    await setWatchingPlace(trx, place);
    const details = { channelId: place.channelId, teamId: place.teamId };
    const note = { action: 'watch_here', incident: null, actor: by, outcome: 'done', details } as const;
    await appendAudit(trx, noteEntry(note, at));
    for (const { id } of await listOpen(trx)) await enqueue(trx, newId(), cardJob('post_card', id, at));
  });
}
