import { sql } from 'kysely';
import type { Database, Db, Trx } from './database.ts';
import type { JobRequest } from './job.ts';
import type { JobRow } from './schema.ts';

/** Asks for a job. A job of the same key that waits is replaced, and runs at the earlier of the two times. */
export async function enqueue(db: Db | Trx, id: string, request: JobRequest): Promise<void> {
  await insert(db, id, { ...request, payload: JSON.stringify(request.payload) }, request.runAt);
}

/** Asks once more for a job that was claimed. */
export async function requeue(db: Db, id: string, job: JobRow, runAt: number): Promise<void> {
  await insert(db, id, job, runAt);
}

type Work = Pick<JobRow, 'key' | 'lane' | 'task' | 'payload'>;

async function insert(db: Db | Trx, id: string, { key, lane, task, payload }: Work, runAt: number): Promise<void> {
  const fresh = { state: 'waiting', attempts: 0, claims: 0, lease_until: null, last_error: null } as const;
  await db
    .insertInto('jobs')
    .values({ id, key, lane, task, payload, run_at: runAt, ...fresh })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .where('state', '=', sql.lit('waiting'))
        .doUpdateSet({ payload, attempts: 0, run_at: earlier(runAt) }),
    )
    .execute();
}

/** Takes the next job that is due and whose lane is free; null when there is none, or another claimer was quicker. */
export async function claim(database: Database, now: number, leaseUntil: number): Promise<JobRow | null> {
  const { db } = database;
  try {
    const row = await db
      .updateTable('jobs')
      .set({
        state: 'running',
        lease_until: leaseUntil,
        claims: sql<number>`claims + 1`,
      })
      .where('id', '=', nextDue(database, now))
      .where('state', '=', 'waiting')
      .returningAll()
      .executeTakeFirst();
    return row ?? null;
  } catch (error) {
    if (isLaneTaken(error)) return null;
    throw error;
  }
}

/** What nobody waits for goes after all else that is due, or fifty open incidents would keep a new card waiting. */
const lookedAfter = sql<number>`case when due.task in ('watch_quorum', 'gather_evidence', 'gather_findings', 'retire_cards', 'check_trail', 'check_posture', 'send_digest', 'self_check') then 1 else 0 end`;

/** A card shows what is so before anything is said under it, for which people may have to be looked up first. */
const lastOfItsTime = sql`case due.task when 'post_reply' then 1 else 0 end`;

function nextDue({ db, claimSuffix }: Database, now: number) {
  const query = db
    .selectFrom('jobs as due')
    .select('due.id')
    .where('due.state', '=', 'waiting')
    .where('due.run_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as running')
            .select('running.id')
            .where('running.state', '=', 'running')
            .whereRef('running.lane', '=', 'due.lane'),
        ),
      ),
    )
    .orderBy(lookedAfter)
    .orderBy('due.run_at')
    .orderBy(lastOfItsTime)
    .orderBy('due.id')
    .limit(1);
  return claimSuffix === null ? query : query.modifyEnd(claimSuffix);
}

/** Two claimers took jobs of one lane at the same instant, and the index let one of them win. */
function isLaneTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes('one_running_job_per_lane');
}

/** Which run of a job: only the worker that claimed it last may say what became of it. */
type Claim = Pick<JobRow, 'id' | 'claims'>;

/** Forgets a job that is done; false when its lease ran out meanwhile and another worker has it. */
export async function complete(db: Db | Trx, claimed: Claim): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', '=', claimed.id)
    .where('state', '=', 'running')
    .where('claims', '=', claimed.claims)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** How a job is to wait: until when (ms), after how many failures in a row, and the latest of them. */
export type Wait = { readonly runAt: number; readonly attempts: number; readonly error: string | null };

/** Puts a running job back to wait; it merges into a job of its key that waits already. */
export async function release(db: Db, job: JobRow, wait: Wait): Promise<void> {
  try {
    await mergeIntoWaiting(db, job, wait);
  } catch (failure) {
    // Somebody asked for the same job between our look for one that waits and our putting this one back.
    if (!(failure instanceof Error && failure.message.includes('one_waiting_job_per_key'))) throw failure;
    await mergeIntoWaiting(db, job, wait);
  }
}

async function mergeIntoWaiting(db: Db, job: JobRow, { runAt, attempts, error }: Wait): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await isOurs(trx, job))) return;
    const merged = await trx
      .updateTable('jobs')
      .set({ run_at: earlier(runAt), last_error: error })
      .where('key', '=', job.key)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (merged.numUpdatedRows > 0n) {
      await complete(trx, job);
      return;
    }
    await trx
      .updateTable('jobs')
      .set({ state: 'waiting', run_at: runAt, attempts, lease_until: null, last_error: error })
      .where('id', '=', job.id)
      .execute();
  });
}

/** Locks a claimed job's row; false when another worker has it by now. */
async function isOurs(trx: Trx, { id, claims }: Claim): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('jobs')
    .set({ lease_until: null })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('claims', '=', claims)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sets a job aside for good; it stays for people to look at. */
export async function failForGood(db: Db, { id, claims }: Claim, error: string): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'dead', lease_until: null, last_error: error })
    .where('id', '=', id)
    .where('claims', '=', claims)
    .execute();
}

export async function extendLease(db: Db, { id, claims }: Claim, leaseUntil: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ lease_until: leaseUntil })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('claims', '=', claims)
    .execute();
}

/** Running jobs whose lease ended at or before `until` (ms): their worker is gone. */
export async function listAbandoned(db: Db, until: number): Promise<readonly JobRow[]> {
  return db.selectFrom('jobs').selectAll().where('state', '=', 'running').where('lease_until', '<=', until).execute();
}

/** When the next waiting job is due, ms since the epoch; null when none waits. */
export async function nextRunAt(db: Db): Promise<number | null> {
  const query = db.selectFrom('jobs').select(({ fn }) => fn.min('run_at').as('run_at'));
  const row = await query.where('state', '=', 'waiting').executeTakeFirst();
  return row?.run_at ?? null;
}

export async function countJobs(db: Db): Promise<ReadonlyMap<string, number>> {
  const query = db.selectFrom('jobs').select(({ fn }) => ['state', fn.countAll<number>().as('count')]);
  return new Map((await query.groupBy('state').execute()).map(({ state, count }) => [state, Number(count)]));
}

function earlier(runAt: number) {
  return sql<number>`case when jobs.run_at < ${runAt} then jobs.run_at else ${runAt} end`;
}

/** Since when (ms) the job that waits longest has been due; null when none is. */
export async function oldestDue(db: Db, now: number): Promise<number | null> {
  const query = db.selectFrom('jobs').select(({ fn }) => fn.min('run_at').as('runAt'));
  const row = await query.where('state', '=', 'waiting').where('run_at', '<=', now).executeTakeFirst();
  return row?.runAt ?? null;
}
