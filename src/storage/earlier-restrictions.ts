import type { Ending } from '../incident/model/ending.ts';
import type { Db } from './database.ts';
import { listLatest } from './incidents.ts';

/** An earlier incident of a connector, which has ended. Times are in ms since the epoch. */
type EarlierRestriction = {
  readonly openedAt: number;
  readonly endedAt: number;
  readonly ending: Ending;
  /** The approver's reason. */
  readonly reason: string | null;
};

const MAX_READ = 50;

/** Reads a connector's ended incidents, newest first, without the incident `except`, and the time of the oldest record. */
export async function readEarlierRestrictions(
  db: Db,
  connectorId: string,
  except: string | null,
): Promise<{ readonly earlier: readonly EarlierRestriction[]; readonly since: number | null }> {
  const all = await listLatest(db, MAX_READ, connectorId);
  const earlier = all
    .filter(({ id }) => id !== except)
    .flatMap(({ openedAt, endedAt, ending, approval }) => {
      return endedAt === null || ending === null
        ? []
        : [{ openedAt, endedAt, ending, reason: approval?.reason ?? null }];
    });
  const first = await db.selectFrom('audit').select('at').orderBy('seq').limit(1).executeTakeFirst();
  return { earlier, since: first?.at ?? null };
}
