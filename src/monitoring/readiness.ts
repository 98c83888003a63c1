import { isOutdated } from '../incident/model/observation.ts';
import { watchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { countJobs } from '../storage/jobs.ts';
import { readObservationHead } from '../storage/observations.ts';

export type Readiness = { readonly ready: boolean; readonly problems: readonly string[] };

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly pollMs: number;
  readonly listUnreachable: ListUnreachable;
};

/** Lists the services that do not respond, and since when, ms since the epoch. */
export type ListUnreachable = () => Promise<readonly { readonly service: string; readonly since: number }[]>;

/**
 * Creates a check of whether a restriction would be detected and reported now, and of what prevents it, in words an
 * operator can act on.
 */
export function createReadiness({ db, clock, pollMs, listUnreachable }: Dependencies): () => Promise<Readiness> {
  return async () => {
    const reading = await staleReadingNote(db, clock(), pollMs);
    const problems = [await channelNote(db), reading].filter((it) => it !== null);
    const unreachable = (await listUnreachable()).map(unreachableNote);
    const notes = [...unreachable, reading === null ? await readingNote(db) : null, await jobsNote(db)].filter(
      (it) => it !== null,
    );
    return { ready: problems.length === 0, problems: [...problems, ...notes] };
  };
}

function unreachableNote({ service, since }: { readonly service: string; readonly since: number }): string {
  return `${service} has not responded since ${new Date(since).toISOString()}.`;
}

/** Reports an incomplete latest reading, which does not make the service unready yet. */
async function readingNote(db: Db): Promise<string | null> {
  const reason = (await readObservationHead(db, 'latest'))?.reason ?? null;
  return reason === null ? null : `The latest reading of Exchange was not complete: ${reason}`;
}

async function jobsNote(db: Db): Promise<string | null> {
  const setAside = (await countJobs(db)).get('dead') ?? 0;
  return setAside === 0 ? null : `${setAside} jobs were set aside after failing too often: see the log.`;
}

async function channelNote(db: Db): Promise<string | null> {
  const place = await watchingPlace(db);
  if (place === null)
    return 'There is no admin channel: set ADMIN_CHANNEL_ID, or send "watch here" to the bot in the channel.';
  return place.problem === null
    ? null
    : `The bot cannot post to the admin channel; is the channel still there, and the bot in its team? ${place.problem}`;
}

async function staleReadingNote(db: Db, now: number, pollMs: number): Promise<string | null> {
  const [complete, latest] = [await readObservationHead(db, 'complete'), await readObservationHead(db, 'latest')];
  const reason = latest?.reason ?? 'no reading has been attempted';
  if (complete === null) return `There has been no complete reading of Exchange yet: ${reason}`;
  const age = now - complete.beganAt;
  if (!isOutdated(age, pollMs)) return null;
  return `The last complete reading of Exchange is ${Math.round(age / 60_000)} minutes old: ${reason}`;
}
