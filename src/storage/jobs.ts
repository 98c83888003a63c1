import { sql } from 'kysely';
import type { Database, Db, Trx } from './database.ts';
import type { JobRequest } from './job.ts';
import type { JobRow } from './schema.ts';

/** Asks for a job. A job of the same key that waits is replaced, and runs at the earlier of the two times. */
export async function enqueue(db: Db | Trx, id: string, request: JobRequest): Promise<void> {
  const payload = JSON.stringify(request.payload);
  await db
    .insertInto('jobs')
    .values({
      id,
      key: request.key,
      lane: request.lane,
      task: request.task,
      payload,
      state: 'waiting',
      run_at: request.runAt,
      attempts: 0,
      lease_until: null,
      last_error: null,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .where('state', '=', sql.lit('waiting'))
        .doUpdateSet({ payload, attempts: 0, run_at: earlier(request.runAt) }),
    )
    .execute();
}

/** Takes the next job that is due and whose lane is free; null when there is none, or another claimer was quicker. */
export async function claim(database: Database, now: number, leaseUntil: number): Promise<JobRow | null> {
  const { db } = database;
  try {
    const row = await db
      .updateTable('jobs')
      .set({ state: 'running', lease_until: leaseUntil, attempts: sql<number>`attempts + 1` })
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
    .orderBy('due.run_at')
    .orderBy('due.id')
    .limit(1);
  return claimSuffix === null ? query : query.modifyEnd(claimSuffix);
}

/** Two claimers took jobs of one lane at the same instant, and the index let one of them win. */
function isLaneTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes('one_running_job_per_lane');
}

export async function complete(db: Db | Trx, id: string): Promise<void> {
  await db.deleteFrom('jobs').where('id', '=', id).where('state', '=', 'running').execute();
}

/** Puts a running job back to run at `runAt`; it merges into a job of its key that waits already. */
export async function release(db: Db, job: JobRow, runAt: number, error: string | null): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const merged = await trx
      .updateTable('jobs')
      .set({ run_at: earlier(runAt), last_error: error })
      .where('key', '=', job.key)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (merged.numUpdatedRows > 0n) return complete(trx, job.id);
    await trx
      .updateTable('jobs')
      .set({ state: 'waiting', run_at: runAt, lease_until: null, last_error: error })
      .where('id', '=', job.id)
      .where('state', '=', 'running')
      .execute();
  });
}

/** Sets a job aside for good; it stays for people to look at. */
export async function bury(db: Db, id: string, error: string): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'dead', lease_until: null, last_error: error })
    .where('id', '=', id)
    .execute();
}

export async function extendLease(db: Db, id: string, leaseUntil: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ lease_until: leaseUntil })
    .where('id', '=', id)
    .where('state', '=', 'running')
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
