import type { Runtime } from '../shared/runtime.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { installGuards } from '../storage/guards/install-guards.ts';
import { notifyTrailJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { readVersion } from '../storage/version.ts';
import { noteEntry } from './audit-entry.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
};

/**
 * Restores guards of the database that are missing, disabled or changed, records it and notifies the channel. The guards of a
 * newer version of the service are left alone.
 */
export async function restoreGuards({ db, clock, newId, log }: Dependencies): Promise<void> {
  if ((await readVersion(db)) !== 'current') return;
  const guards = await db.transaction().execute(async (trx) => {
    const restored = await installGuards(trx);
    if (restored.length === 0) return restored;
    const note = { action: 'guards_restored', incident: null, actor: null, outcome: 'done' } as const;
    await appendAudit(trx, noteEntry({ ...note, details: { guards: restored } }, clock()));
    await enqueue(trx, newId(), notifyTrailJob({ kind: 'guards_restored', guards: restored }, newId(), clock()));
    return restored;
  });
  if (guards.length > 0)
    log.error({ event: 'guards_restored', guards }, 'database guards were missing or changed and have been restored');
}
