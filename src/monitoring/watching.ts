import { watchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { countJobs } from '../storage/jobs.ts';
import { readObservationHead } from '../storage/observations.ts';

export type Readiness = { readonly ready: boolean; readonly problems: readonly string[] };

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly pollMs: number;
  readonly silences: Silences;
};

type Silences = () => Promise<readonly { readonly service: string; readonly since: number }[]>;

/** So many polls without a complete reading mean that nobody is watching. */
const POLLS_TO_BLINDNESS = 5;
const LEAST_BLINDNESS_MS = 5 * 60_000;

/** Whether a restriction would be seen and told now, and what is in the way, in words an operator can act on. */
export function createReadiness({ db, clock, pollMs, silences }: Dependencies): () => Promise<Readiness> {
  return async () => {
    const reading = await readingProblem(db, clock(), pollMs);
    const problems = [await placeProblem(db), reading].filter((it) => it !== null);
    const silent = (await silences()).map(silenceNote);
    const notes = [...silent, reading === null ? await readingNote(db) : null, await jobsNote(db)].filter(
      (it) => it !== null,
    );
    return { ready: problems.length === 0, problems: [...problems, ...notes] };
  };
}

function silenceNote({ service, since }: { readonly service: string; readonly since: number }): string {
  return `${service} has not answered since ${new Date(since).toISOString()}.`;
}

/** Not yet a reason to be taken out of service, but what an operator wants to know before it is. */
async function readingNote(db: Db): Promise<string | null> {
  const why = (await readObservationHead(db, 'latest'))?.problem ?? null;
  return why === null ? null : `The latest reading of Exchange was not complete: ${why}`;
}

async function jobsNote(db: Db): Promise<string | null> {
  const setAside = (await countJobs(db)).get('dead') ?? 0;
  return setAside === 0 ? null : `${setAside} jobs were set aside after failing too often: see the log.`;
}

async function placeProblem(db: Db): Promise<string | null> {
  const place = await watchingPlace(db);
  if (place === null)
    return 'No channel watches: set ADMIN_CHANNEL_ID, or say "watch here" to the bot in the admin channel.';
  return place.problem === null
    ? null
    : `The bot cannot post to the admin channel; is the channel still there, and the bot in its team? ${place.problem}`;
}

async function readingProblem(db: Db, now: number, pollMs: number): Promise<string | null> {
  const [complete, latest] = [await readObservationHead(db, 'complete'), await readObservationHead(db, 'latest')];
  const why = latest?.problem ?? 'none has been tried';
  if (complete === null) return `There has been no complete reading of Exchange yet: ${why}`;
  const age = now - complete.beganAt;
  if (age <= Math.max(POLLS_TO_BLINDNESS * pollMs, LEAST_BLINDNESS_MS)) return null;
  return `The last complete reading of Exchange is ${Math.round(age / 60_000)} minutes old: ${why}`;
}
