import type { Config } from '../config/config.ts';
import { setWatchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';

/** Makes the configured channel the one to post to, before any activity from it has arrived. */
export async function watchConfiguredChannel(
  { adminChannel, teamsServiceUrl, tenantId }: Config,
  db: Db,
): Promise<void> {
  if (adminChannel === null) return;
  const place = { ...adminChannel, serviceUrl: teamsServiceUrl, tenantId };
  await db.transaction().execute((trx) => setWatchingPlace(trx, place));
}
