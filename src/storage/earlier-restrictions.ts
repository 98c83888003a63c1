import type { Ending } from '../incident/model/ending.ts';
import type { Db } from './database.ts';
import { listLatest } from './incidents.ts';

/** An earlier incident of a connector, which has ended. Times are in ms since the epoch. */
export type EarlierRestriction = {
  readonly openedAt: number;
  readonly endedAt: number;
  readonly ending: Ending;
  /** The approver's reason. */
  readonly reason: string | null;
};

export type EarlierRestrictions = {
  /** Newest first. */
  readonly earlier: readonly EarlierRestriction[];
  /** The time of the oldest record, ms since the epoch; null when this incident is the only one. */
  readonly since: number | null;
};

const MAX_READ = 50;

/** Reads a connector's ended incidents without the incident `except`. */
export async function readEarlierRestrictions(
  db: Db,
  connectorId: string,
  except: string | null,
): Promise<EarlierRestrictions> {
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
