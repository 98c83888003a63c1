import { NOTHING_READ, type ReadingHistory, SOURCES, type Source } from '../incident/model/outage.ts';
import type { Db, Trx } from './database.ts';
import type { OutageRow } from './schema.ts';

/** Locks a source's history until the transaction ends, changes it, and returns it before and after the change. */
export async function changeHistory(
  trx: Trx,
  source: Source,
  change: (history: ReadingHistory) => ReadingHistory,
): Promise<{ readonly before: ReadingHistory; readonly after: ReadingHistory }> {
  const row = await trx
    .insertInto('outages')
    .values({ source, ...rowOf(NOTHING_READ) })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ source }))
    .returningAll()
    .executeTakeFirstOrThrow();
  const before = historyOf(row);
  const after = change(before);
  if (after !== before) await trx.updateTable('outages').set(rowOf(after)).where('source', '=', source).execute();
  return { before, after };
}

/** Lists the sources that do not respond, and since when (ms since the epoch). */
export async function listUnreachableSources(
  db: Db,
): Promise<readonly { readonly service: Source; readonly since: number }[]> {
  const rows = await db.selectFrom('outages').selectAll().execute();
  return SOURCES.flatMap((source) => {
    const row = rows.find((it) => it.source === source);
    if (row === undefined) return [];
    const { incompleteSince: since, unreachable, back } = historyOf(row);
    return since === null || !unreachable || back !== null ? [] : [{ service: source, since }];
  });
}

function historyOf(row: OutageRow): ReadingHistory {
  return {
    readAt: row.read_at,
    incompleteSince: row.incomplete_since,
    unreachable: row.silent === 1,
    back: row.back_since === null ? null : { since: row.back_since, readings: row.back_readings },
    notified: row.told === 1,
    notifiedAt: row.told_at,
  };
}

function rowOf({
  readAt,
  incompleteSince,
  unreachable,
  back,
  notified,
  notifiedAt,
}: ReadingHistory): Omit<OutageRow, 'source'> {
  return {
    read_at: readAt,
    incomplete_since: incompleteSince,
    silent: unreachable ? 1 : 0,
    back_since: back?.since ?? null,
    back_readings: back?.readings ?? 0,
    told: notified ? 1 : 0,
    told_at: notifiedAt,
  };
}
