import { type Configuration, configurationOf, fingerprint } from '../incident/model/fingerprint.ts';
import type { InboundConnector } from '../incident/model/observation.ts';
import type { Db } from './database.ts';

/** The settings a connector had from `since` (ms since the epoch), when they were first seen, until the next entry. */
export type KnownConfiguration = { readonly since: number; readonly configuration: Configuration };

/** The number of configurations kept for each connector, which is usually changed a few times a year. */
const MAX_STORED = 30;

/**
 * Creates a function that stores a connector's settings when they have changed. It reads the database once and later only writes
 * changes.
 */
export function createConfigurationHistory(db: Db): (items: readonly InboundConnector[], at: number) => Promise<void> {
  let latest: Map<string, string> | null = null;
  return async (items, at) => {
    latest ??= await readLatest(db);
    for (const { id, configuration } of items) {
      const print = fingerprint(configuration);
      if (print === null || latest.get(id) === print) continue;
      await insert(db, id, print, at);
      latest.set(id, print);
    }
  };
}

/** Lists a connector's settings, oldest first. */
export async function listConfigurations(db: Db, connectorId: string): Promise<readonly KnownConfiguration[]> {
  const query = db.selectFrom('connector_configurations').selectAll().where('connector_id', '=', connectorId);
  const rows = await query.orderBy('since').execute();
  return rows.flatMap(({ since, fingerprint: print }) => {
    const configuration = configurationOf(print);
    return configuration === null ? [] : [{ since, configuration }];
  });
}

async function readLatest(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('connector_configurations').selectAll().orderBy('since').execute();
  return new Map(rows.map(({ connector_id, fingerprint: print }) => [connector_id, print]));
}

async function insert(db: Db, connectorId: string, print: string, at: number): Promise<void> {
  await db
    .insertInto('connector_configurations')
    .values({ connector_id: connectorId, since: at, fingerprint: print })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const stored = db.selectFrom('connector_configurations').select('since').where('connector_id', '=', connectorId);
  const oldest = await stored.orderBy('since', 'desc').limit(1).offset(MAX_STORED).executeTakeFirst();
  if (oldest === undefined) return;
  const old = db.deleteFrom('connector_configurations').where('connector_id', '=', connectorId);
  await old.where('since', '<=', oldest.since).execute();
}
