import { z } from 'zod';
import type { BlockedConnector, InboundConnector, Observation } from '../incident/model/observation.ts';
import type { Db } from './database.ts';
import { documentOf } from './document.ts';
import { configurationDocument } from './incident-document.ts';

type ObservationHead = { readonly beganAt: number; readonly reason: string | null };

/** A stored reading of Exchange. */
export type StoredObservation = ObservationHead & {
  readonly blocked: readonly BlockedConnector[];
  readonly inbound: readonly InboundConnector[];
};

type ObservationId = 'latest' | 'complete';

const blockedConnector = documentOf<BlockedConnector>()(
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    reason: z.string().nullable(),
    since: z.number().nullable(),
    until: z.number().nullable(),
    raw: z.string().optional(),
  }),
);

const inboundConnector = documentOf<InboundConnector>()(
  z.object({
    id: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    type: z.string(),
    createdAt: z.number().nullable(),
    changedAt: z.number().nullable(),
    configuration: configurationDocument,
  }),
);

const document = z.object({ blocked: z.array(blockedConnector), inbound: z.array(inboundConnector) });

/** Saves a reading as the latest one and, if it is complete, as the latest complete one. */
export async function saveObservation(db: Db, { beganAt, blocked, inbound }: Omit<Observation, 'seq'>): Promise<void> {
  const complete = blocked.complete && inbound.complete;
  const row = {
    began_at: beganAt,
    complete: complete ? 1 : 0,
    problem: blocked.reason ?? inbound.reason,
    document: JSON.stringify({ blocked: blocked.items, inbound: inbound.items }),
  };
  const ids: readonly ObservationId[] = complete ? ['latest', 'complete'] : ['latest'];
  await db
    .insertInto('observations')
    .values(ids.map((id) => ({ id, ...row })))
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function readObservation(db: Db, id: ObservationId): Promise<StoredObservation | null> {
  const row = await db.selectFrom('observations').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return { beganAt: row.began_at, reason: row.problem, ...document.parse(JSON.parse(row.document)) };
}

/** Reads when a reading began and why it was incomplete, without its connectors, which may be many. */
export async function readObservationHead(db: Db, id: ObservationId): Promise<ObservationHead | null> {
  const query = db.selectFrom('observations').select(['began_at', 'problem']).where('id', '=', id);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : { beganAt: row.began_at, reason: row.problem };
}
