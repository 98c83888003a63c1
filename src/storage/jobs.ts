import { type Expression, sql } from 'kysely';
import type { Database, Db, Trx } from './database.ts';
import type { JobRequest } from './job.ts';
import type { JobRow } from './schema.ts';

/** Adds a job. It replaces a waiting job of the same key and runs at the earlier of the two times. */
export async function enqueue(db: Db | Trx, id: string, request: JobRequest): Promise<void> {
  await insert(db, [waiting(id, stored(request), request.runAt)]);
}

/** The number of jobs in one statement: each has 11 values, of which SQLite takes 32,766 (sqlite.org/limits.html). */
const MAX_ROWS = 500;

/** Adds jobs of different keys, each as `enqueue` does. */
export async function enqueueAll(trx: Trx, newId: () => string, requests: readonly JobRequest[]): Promise<void> {
  const rows = requests.map((request) => waiting(newId(), stored(request), request.runAt));
  for (let from = 0; from < rows.length; from += MAX_ROWS) await insert(trx, rows.slice(from, from + MAX_ROWS));
}

/** Returns whether a job of the same key is stored that no worker has claimed and that is due at the same time or earlier. */
export async function isWaiting(db: Db, { key, runAt }: JobRequest): Promise<boolean> {
  const query = db.selectFrom('jobs').select('id').where('key', '=', key).where('state', '=', 'waiting');
  return (await query.where('run_at', '<=', runAt).executeTakeFirst()) !== undefined;
}

/** Adds a claimed job again. */
export async function requeue(db: Db, id: string, job: JobRow, runAt: number): Promise<void> {
  await insert(db, [waiting(id, job, runAt)]);
}

type Work = Pick<JobRow, 'key' | 'lane' | 'task' | 'payload'>;

function stored(request: JobRequest): Work {
  return { ...request, payload: JSON.stringify(request.payload) };
}

function waiting(id: string, { key, lane, task, payload }: Work, runAt: number): JobRow {
  const fresh = { state: 'waiting', attempts: 0, claims: 0, lease_until: null, last_error: null } as const;
  return { id, key, lane, task, payload, run_at: runAt, ...fresh };
}

async function insert(db: Db | Trx, rows: readonly JobRow[]): Promise<void> {
  await db
    .insertInto('jobs')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .where('state', '=', sql.lit('waiting'))
        .doUpdateSet(({ ref }) => ({
          payload: ref('excluded.payload'),
          attempts: 0,
          run_at: earlier(ref('excluded.run_at')),
        })),
    )
    .execute();
}

type Queue = Pick<Database, 'claimSuffix'> & { readonly db: Db | Trx };

type Turn = {
  readonly now: number;
  readonly leaseUntil: number;
  /** The number of jobs to claim at most. */
  readonly most: number;
};

/**
 * Deletes completed jobs and claims the next due ones in one transaction, because each commit waits for the disk. Returns also
 * those of the completed jobs that another worker claimed after their lease expired.
 */
export async function completeAndClaim(
  database: Database,
  completed: readonly JobRow[],
  { now, leaseUntil, most }: Turn,
): Promise<{ readonly claimed: readonly JobRow[]; readonly lost: readonly JobRow[] }> {
  const run = (limit: number) =>
    database.db.transaction().execute(async (trx) => {
      const lost: JobRow[] = [];
      for (const job of completed) if (!(await complete(trx, job))) lost.push(job);
      return { lost, claimed: await claimSeveral({ ...database, db: trx }, { now, leaseUntil, most: limit }) };
    });
  try {
    return await run(most);
  } catch (error) {
    if (isLaneTaken(error)) return run(0);
    throw error;
  }
}

async function claimSeveral(queue: Queue, { now, leaseUntil, most }: Turn): Promise<readonly JobRow[]> {
  const claimed: JobRow[] = [];
  while (claimed.length < most) {
    const job = await claimNext(queue, now, leaseUntil);
    if (job === null) break;
    claimed.push(job);
  }
  return claimed;
}

/** Claims the next due job whose lane is free. Returns null when there is none or another worker claimed it first. */
async function claimNext(queue: Queue, now: number, leaseUntil: number): Promise<JobRow | null> {
  const row = await queue.db
    .updateTable('jobs')
    .set({
      state: 'running',
      lease_until: leaseUntil,
      claims: sql<number>`claims + 1`,
    })
    .where('id', '=', nextDue(queue, now))
    .where('state', '=', 'waiting')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Background jobs run after all other due jobs, so that fifty open incidents do not delay a new card. */
const isBackground = sql<number>`case when due.task in ('watch_quorum', 'gather_evidence', 'gather_findings', 'retire_cards', 'check_trail', 'check_posture', 'send_digest', 'self_check') then 1 else 0 end`;

/**
 * Replies run after the card jobs of the same time, because the card shows the new state and a reply may have to look up people
 * first.
 */
const lastOfItsTime = sql`case due.task when 'post_reply' then 1 else 0 end`;

function nextDue({ db, claimSuffix }: Queue, now: number) {
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
    .orderBy(isBackground)
    .orderBy('due.run_at')
    .orderBy(lastOfItsTime)
    .orderBy('due.id')
    .limit(1);
  return claimSuffix === null ? query : query.modifyEnd(claimSuffix);
}

/** Whether two workers claimed jobs of one lane at the same time and the index refused one of them. */
function isLaneTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes('one_running_job_per_lane');
}

/** One run of a job. Only the worker that claimed it last may record its outcome. */
type Claim = Pick<JobRow, 'id' | 'claims'>;

/** Deletes a completed job. Returns false when its lease expired and another worker claimed it. */
export async function complete(db: Db | Trx, claimed: Claim): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', '=', claimed.id)
    .where('state', '=', 'running')
    .where('claims', '=', claimed.claims)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** When a job runs next (ms since the epoch), the number of consecutive failed attempts, and the latest error. */
export type Wait = { readonly runAt: number; readonly attempts: number; readonly error: string | null };

/** Returns a running job to the queue. It merges into a waiting job of the same key. */
export async function release(db: Db, job: JobRow, wait: Wait): Promise<void> {
  try {
    await mergeIntoWaiting(db, job, wait);
  } catch (failure) {
    // The same job was added between the search for a waiting job and the return of this one.
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

/** Locks a claimed job's row. Returns false when another worker has claimed it. */
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

/** Marks a job as permanently failed. It is kept for inspection. */
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

/** Makes waiting jobs due `byMs` earlier, but no earlier than `now` (ms since the epoch). */
export async function bringForward(db: Db, byMs: number, now: number): Promise<void> {
  const sooner = sql<number>`case when run_at - ${byMs} < ${now} then ${now} else run_at - ${byMs} end`;
  const update = db.updateTable('jobs').set({ run_at: sooner }).where('state', '=', 'waiting');
  await update.where('run_at', '>', now).execute();
}

/** Lists running jobs whose lease expired at or before `until` (ms since the epoch): their worker is gone. */
export async function listAbandoned(db: Db, until: number): Promise<readonly JobRow[]> {
  return db.selectFrom('jobs').selectAll().where('state', '=', 'running').where('lease_until', '<=', until).execute();
}

/** Returns when the next waiting job is due, ms since the epoch; null when none waits. */
export async function nextRunAt(db: Db): Promise<number | null> {
  const query = db.selectFrom('jobs').select(({ fn }) => fn.min('run_at').as('run_at'));
  const row = await query.where('state', '=', 'waiting').executeTakeFirst();
  return row?.run_at ?? null;
}

export async function countJobs(db: Db): Promise<ReadonlyMap<string, number>> {
  const query = db.selectFrom('jobs').select(({ fn }) => ['state', fn.countAll<number>().as('count')]);
  return new Map((await query.groupBy('state').execute()).map(({ state, count }) => [state, Number(count)]));
}

function earlier(runAt: number | Expression<number>) {
  return sql<number>`case when jobs.run_at < ${runAt} then jobs.run_at else ${runAt} end`;
}

/** Returns the due time (ms since the epoch) of the longest overdue job; null when none is due. */
export async function oldestDue(db: Db, now: number): Promise<number | null> {
  const runAt = await nextRunAt(db);
  return runAt !== null && runAt <= now ? runAt : null;
}
