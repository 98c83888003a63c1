import { z } from 'zod';
import type { ConnectorChange } from '../incident/model/connector-change.ts';
import { chunksOf } from '../shared/chunks.ts';
import { storable } from '../shared/storable.ts';
import type { Db, Trx } from './database.ts';
import { documentOf } from './document.ts';

/** The contents of one blob of the activity feed. */
export type FeedContents = {
  readonly alertTexts: readonly { readonly alertId: string; readonly text: string }[];
  readonly changes: readonly ConnectorChange[];
};

export const connectorChangeDocument = documentOf<ConnectorChange>()(
  z.object({
    id: z.string(),
    operation: z.enum(['New-InboundConnector', 'Set-InboundConnector', 'Remove-InboundConnector']),
    by: z.string(),
    at: z.number(),
    subjects: z.array(z.string()),
  }),
);

/** A statement takes at most 32,766 parameters on SQLite and 65,535 on PostgreSQL. A large tenant has more contents in a day. */
const MAX_PARAMETERS = 10_000;

/** Returns the ids of the contents that have not been read yet. */
export async function unreadContents(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const unread = new Set(ids);
  for (const chunk of chunksOf(ids, MAX_PARAMETERS)) {
    const rows = await db.selectFrom('feed_contents').select('id').where('id', 'in', chunk).execute();
    for (const { id } of rows) unread.delete(id);
  }
  return unread;
}

/** Saves the contents of blobs and, in the same transaction, marks them as read. */
export async function saveFeedContents(
  db: Db,
  ids: readonly string[],
  contents: FeedContents,
  at: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const id of ids) await once(trx, 'feed_contents', { id, read_at: at });
    for (const { alertId, text } of contents.alertTexts)
      await once(trx, 'alert_words', { alert_id: alertId, words: storable(text) });
    for (const it of contents.changes)
      await once(trx, 'connector_changes', { id: it.id, at: it.at, document: JSON.stringify(it) });
  });
}

/** Deletes read marks and connector changes from before `before` (ms since the epoch). */
export async function forgetFeed(db: Db, before: number): Promise<void> {
  await db.deleteFrom('feed_contents').where('read_at', '<', before).execute();
  await db.deleteFrom('connector_changes').where('at', '<', before).execute();
}

/** Returns the feed's texts about each alert, by alert id. A text may name a connector. */
export async function readAlertTexts(db: Db, alertIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (alertIds.length === 0) return new Map();
  const rows = await db.selectFrom('alert_words').selectAll().where('alert_id', 'in', alertIds).execute();
  const text = Map.groupBy(rows, ({ alert_id }) => alert_id);
  return new Map([...text].map(([id, its]) => [id, its.map((row) => row.words).join('\n')]));
}

/** Lists every stored change of an inbound connector, oldest first. */
export async function listConnectorChanges(db: Db): Promise<readonly ConnectorChange[]> {
  const rows = await db.selectFrom('connector_changes').select('document').orderBy('at').execute();
  return rows.map(({ document }) => connectorChangeDocument.parse(JSON.parse(document)));
}

type Rows = {
  feed_contents: { id: string; read_at: number };
  alert_words: { alert_id: string; words: string };
  connector_changes: { id: string; at: number; document: string };
};

async function once<T extends keyof Rows>(trx: Trx, table: T, row: Rows[T]): Promise<void> {
  await trx
    .insertInto<keyof Rows>(table)
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
