import { z } from 'zod';
import type { BlockedConnector, InboundConnector, Observation } from '../incident/observation.ts';
import type { Db } from './database.ts';

/** A reading of Exchange as it was stored. */
export type StoredObservation = {
  readonly beganAt: number;
  readonly problem: string | null;
  readonly blocked: readonly BlockedConnector[];
  readonly inbound: readonly InboundConnector[];
};

const document = z.object({
  blocked: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      reason: z.string().nullable(),
      since: z.number().nullable(),
      until: z.number().nullable(),
    }),
  ),
  inbound: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      enabled: z.boolean(),
      type: z.string(),
      createdAt: z.number().nullable(),
      changedAt: z.number().nullable(),
      configuration: z.record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
      ),
    }),
  ),
});

/** Keeps the latest reading, and the latest complete one, which an incomplete reading never replaces. */
export async function saveObservation(db: Db, observation: Observation): Promise<void> {
  const complete = observation.blocked.complete && observation.inbound.complete;
  await keep(db, 'latest', observation, complete);
  if (complete) await keep(db, 'complete', observation, complete);
}

export async function readObservation(db: Db, id: 'latest' | 'complete'): Promise<StoredObservation | null> {
  const row = await db.selectFrom('observations').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return { beganAt: row.began_at, problem: row.problem, ...document.parse(JSON.parse(row.document)) };
}

async function keep(db: Db, id: 'latest' | 'complete', observation: Observation, complete: boolean): Promise<void> {
  const { blocked, inbound } = observation;
  const row = {
    began_at: observation.beganAt,
    complete: complete ? 1 : 0,
    problem: blocked.why ?? inbound.why,
    document: JSON.stringify({ blocked: blocked.items, inbound: inbound.items }),
  };
  await db
    .insertInto('observations')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
