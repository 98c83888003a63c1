import { sql } from 'kysely';
import { DAY_MS } from '../incident/model/duration.ts';
import { domainsOf, type TrafficHour, type TrafficReading } from '../incident/model/traffic.ts';
import type { Db, Trx } from './database.ts';

/** How long hourly counts are kept. */
export const TRAFFIC_RETENTION_MS = 90 * DAY_MS;

/** A sender domain or an address that sent mail through a connector. Times are in ms since the epoch. */
type Seen = { readonly value: string; readonly firstAt: number };

/** A connector's stored mail counts. */
export type KnownTraffic = {
  /** The period for which every hour has been read, ms since the epoch; null before the first complete reading. */
  readonly read: { readonly from: number; readonly until: number } | null;
  /** Hours with mail, oldest first. */
  readonly hours: readonly TrafficHour[];
  readonly senders: readonly Seen[];
  readonly addresses: readonly Seen[];
};

export async function knownTraffic(db: Db, connectorId: string): Promise<KnownTraffic> {
  const read = await db
    .selectFrom('traffic_read')
    .select(['known_from as from', 'known_until as until'])
    .where('connector_id', '=', connectorId)
    .executeTakeFirst();
  const hours = await db
    .selectFrom('traffic_hours')
    .select(['at', 'messages', 'judged'])
    .where('connector_id', '=', connectorId)
    .orderBy('at')
    .execute();
  const seen = await db
    .selectFrom('traffic_seen')
    .select(['kind', 'value', 'first_at as firstAt'])
    .where('connector_id', '=', connectorId)
    .execute();
  const seenAs = (kind: string) => seen.filter((one) => one.kind === kind);
  return {
    read: read === undefined ? null : { ...read },
    hours: hours.map((hour) => ({ ...hour })),
    senders: seenAs('sender'),
    addresses: seenAs('address'),
  };
}

/**
 * Saves the counts of a reading. Stored counts never shrink, because a later reading may have less of an hour when the source is
 * late or returns only a part. Hours older than 90 days are deleted.
 */
export async function saveTraffic(db: Db, connectorId: string, reading: TrafficReading): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (reading.incomplete === null) await extendRead(trx, connectorId, reading);
    for (const hour of reading.hours) await saveHour(trx, connectorId, hour);
    const domains = reading.senders.flatMap((sender) =>
      domainsOf(sender).map((value) => ({ value, firstAt: sender.firstAt })),
    );
    const addresses = reading.addresses.map(({ address, firstAt }) => ({ value: address, firstAt }));
    await saveSeen(trx, { connectorId, kind: 'sender', lastAt: reading.until }, domains);
    await saveSeen(trx, { connectorId, kind: 'address', lastAt: reading.until }, addresses);
    await prune(trx, connectorId, reading.until - TRAFFIC_RETENTION_MS);
  });
}

/** Extends the known period. A reading that begins after its end leaves a gap, so only the period of that reading is then known. */
async function extendRead(trx: Trx, connectorId: string, { from, until }: TrafficReading): Promise<void> {
  await trx
    .insertInto('traffic_read')
    .values({ connector_id: connectorId, known_from: from, known_until: until })
    .onConflict((conflict) =>
      conflict.column('connector_id').doUpdateSet(({ eb, ref }) => ({
        known_from: eb
          .case()
          .when(ref('traffic_read.known_until'), '<', from)
          .then(from)
          .when(ref('traffic_read.known_from'), '<', from)
          .then(ref('traffic_read.known_from'))
          .else(from)
          .end(),
        known_until: until,
      })),
    )
    .execute();
}

async function saveHour(trx: Trx, connectorId: string, { at, messages, judged }: TrafficHour): Promise<void> {
  await trx
    .insertInto('traffic_hours')
    .values({ connector_id: connectorId, at, messages, judged })
    .onConflict((conflict) =>
      conflict.columns(['connector_id', 'at']).doUpdateSet({
        messages: greater('traffic_hours.messages', messages),
        judged: greater('traffic_hours.judged', judged),
      }),
    )
    .execute();
}

/** Returns SQL for the greater of a stored number and a new one; the two databases have no common function for it. */
function greater(column: string, value: number) {
  return sql<number>`case when ${sql.ref(column)} > ${value} then ${sql.ref(column)} else ${value} end`;
}

type Sighting = { readonly connectorId: string; readonly kind: 'sender' | 'address'; readonly lastAt: number };

async function saveSeen(trx: Trx, { connectorId, kind, lastAt }: Sighting, seen: readonly Seen[]): Promise<void> {
  const earliest = new Map<string, number>();
  for (const { value, firstAt } of seen)
    if (value !== '') earliest.set(value, Math.min(firstAt, earliest.get(value) ?? firstAt));
  for (const [value, firstAt] of earliest)
    await trx
      .insertInto('traffic_seen')
      .values({ connector_id: connectorId, kind, value, first_at: firstAt, last_at: lastAt })
      .onConflict((conflict) => conflict.columns(['connector_id', 'kind', 'value']).doUpdateSet({ last_at: lastAt }))
      .execute();
}

async function prune(trx: Trx, connectorId: string, before: number): Promise<void> {
  await trx.deleteFrom('traffic_hours').where('connector_id', '=', connectorId).where('at', '<', before).execute();
  await trx.deleteFrom('traffic_seen').where('connector_id', '=', connectorId).where('last_at', '<', before).execute();
}
