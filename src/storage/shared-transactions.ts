import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { isPostgres } from './postgres/dialect.ts';

/**
 * Runs `work` in a transaction that it may share with others, and returns its result after the commit. Work that fails leaves
 * nothing behind and does not affect the others. `incidentId` is the incident that it locks, if any.
 */
export type Transact = <T>(incidentId: string | null, work: (trx: Trx) => Promise<T>) => Promise<T>;

type Entry = {
  readonly incidentId: string | null;
  readonly work: (trx: Trx) => Promise<unknown>;
  readonly settle: (outcome: unknown) => void;
};

/** Thrown when one of several works has failed, and all of them are undone. */
class FailedWork extends Error {}

/** A transaction of SQLite holds up everything else in the process; one of these takes some 10 ms. */
const MOST_TOGETHER = 32;

/**
 * Group commit: work that arrives while a transaction is under way shares the next one, because an entry of the audit trail has to
 * wait for the commit of the one before it, and a commit for the disk.
 */
export function createSharedTransactions(db: Db): Transact {
  const waiting: Entry[] = [];
  let isRunning = false;

  async function runWaiting(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      // What other requests of this turn of the event loop add joins as well.
      await nextTurn();
      await runTogether(db, waiting.splice(0, MOST_TOGETHER));
    }
    isRunning = false;
  }

  return <T>(incidentId: string | null, work: (trx: Trx) => Promise<T>) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.push({ incidentId, work: AsyncLocalStorage.bind(work), settle: resolve });
    if (!isRunning) void runWaiting();
    return promise as Promise<T>;
  };
}

/** Runs works in one transaction. Those that cannot be part of it run in one of their own afterwards. */
async function runTogether(db: Db, entries: readonly Entry[]): Promise<void> {
  const alone = ({ settle, work }: Entry) => settle(db.transaction().execute(work));
  try {
    const results = await db.transaction().execute((trx) => resultsOf(trx, entries));
    for (const entry of entries) {
      if (results.has(entry)) entry.settle(results.get(entry));
      else alone(entry);
    }
  } catch (error) {
    // After a failed commit it is not known what was written, so nothing runs again.
    for (const entry of entries) {
      if (error instanceof FailedWork) alone(entry);
      else entry.settle(Promise.reject(error));
    }
  }
}

async function resultsOf(trx: Trx, entries: readonly Entry[]): Promise<ReadonlyMap<Entry, unknown>> {
  const free = await lockFree(
    trx,
    entries.flatMap(({ incidentId }) => incidentId ?? []),
  );
  const results = new Map<Entry, unknown>();
  for (const entry of entries) {
    if (entry.incidentId !== null && !free.has(entry.incidentId)) continue;
    try {
      results.set(entry, await entry.work(trx));
    } catch (cause) {
      throw entries.length > 1 ? new FailedWork('one of several works failed', { cause }) : cause;
    }
  }
  return results;
}

/**
 * Locks those of the incidents that no other transaction has locked, and returns their ids. Waiting for a locked one while others
 * are held could be a deadlock with another replica. On SQLite a transaction has everything to itself.
 */
async function lockFree(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (!isPostgres(trx) || ids.length === 0) return new Set(ids);
  const query = trx.selectFrom('incidents').select('id').where('id', 'in', ids);
  const rows = await query.modifyEnd(sql`for no key update skip locked`).execute();
  return new Set(rows.map(({ id }) => id));
}
