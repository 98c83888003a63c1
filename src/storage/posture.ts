import { z } from 'zod';
import { CHECKS, type Check, type Finding, VERDICTS, type Verdict } from '../incident/model/finding.ts';
import type { InboundConnector } from '../incident/model/observation.ts';
import { type Posture, verdictOf } from '../incident/model/posture.ts';
import type { Db, Trx } from './database.ts';
import { findingsDocument } from './finding-document.ts';
import type { PostureRow } from './schema.ts';

type Named = Pick<InboundConnector, 'id' | 'name'>;

/** The interval between the first checks of new connectors, so that a thousand of them are not checked in the same minute. */
const SPREAD_MS = 15_000;

const verdict = z.enum(VERDICTS).catch('unknown');
const notifiedDocument: z.ZodType<readonly Check[]> = z.array(z.enum(CHECKS)).catch([]);

/** Makes the table contain exactly these connectors. The first new one is due now, the others at intervals after it. */
export async function syncPosture(db: Db, connectors: readonly Named[], now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('posture').select(['connector_id', 'name']).execute();
    const known = new Map(rows.map((row) => [row.connector_id, row.name]));
    const fresh = connectors.filter(({ id }) => !known.has(id));
    for (const [index, { id, name }] of fresh.entries())
      await trx
        .insertInto('posture')
        .values({
          ...{ connector_id: id, name, due_at: now + index * SPREAD_MS },
          ...{ checked_at: null, verdict: 'unknown', findings: '[]', told: '[]' },
        })
        .onConflict((conflict) => conflict.column('connector_id').doUpdateSet({ name }))
        .execute();
    for (const { id, name } of connectors)
      if (known.has(id) && known.get(id) !== name)
        await trx.updateTable('posture').set({ name }).where('connector_id', '=', id).execute();
    const present = new Set(connectors.map(({ id }) => id));
    for (const id of known.keys())
      if (!present.has(id)) await trx.deleteFrom('posture').where('connector_id', '=', id).execute();
  });
}

/** Returns the connector to check next, and when it is due (ms since the epoch); null when there is none. */
export async function nextPosture(db: Db): Promise<{ readonly connectorId: string; readonly dueAt: number } | null> {
  const row = await db
    .selectFrom('posture')
    .select(['connector_id as connectorId', 'due_at as dueAt'])
    .orderBy('due_at')
    .orderBy('connector_id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Makes these connectors, or all without a list, due no later than `dueAt` (ms since the epoch). */
export async function requestPosture(db: Db, dueAt: number, ids?: readonly string[]): Promise<void> {
  const update = db.updateTable('posture').set({ due_at: dueAt }).where('due_at', '>', dueAt);
  await (ids === undefined ? update : update.where('connector_id', 'in', [...ids, ''])).execute();
}

type Checked = { readonly findings: readonly Finding[]; readonly at: number; readonly dueAt: number };

/**
 * Saves a connector's findings. `decide` receives the previous posture and returns the checks that count as notified. Returns
 * null when the connector is unknown.
 */
export async function savePosture(
  trx: Trx,
  connectorId: string,
  { findings, at, dueAt }: Checked,
  decide: (before: Posture) => readonly Check[],
): Promise<Posture | null> {
  // The update locks the row before it is read.
  const row = await trx
    .updateTable('posture')
    .set({ due_at: dueAt })
    .where('connector_id', '=', connectorId)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  const before = postureOf(row);
  const notified = decide(before);
  await trx
    .updateTable('posture')
    .set({
      ...{ checked_at: at, verdict: verdictOf({ findings }) },
      ...{ findings: JSON.stringify(findings), told: JSON.stringify(notified) },
    })
    .where('connector_id', '=', connectorId)
    .execute();
  return { ...before, checkedAt: at, findings, notified };
}

export async function setNotified(trx: Trx, connectorId: string, notified: readonly Check[]): Promise<void> {
  await trx
    .updateTable('posture')
    .set({ told: JSON.stringify(notified) })
    .where('connector_id', '=', connectorId)
    .execute();
}

/** Lists all connectors' posture, sorted by name. */
export async function listPosture(db: Db | Trx): Promise<readonly Posture[]> {
  const rows = await db.selectFrom('posture').selectAll().orderBy('name').orderBy('connector_id').execute();
  return rows.map(postureOf);
}

/** Returns the worst verdict of each checked connector, by its id. */
export async function postureVerdicts(db: Db): Promise<ReadonlyMap<string, Verdict>> {
  const query = db.selectFrom('posture').select(['connector_id', 'verdict']).where('checked_at', 'is not', null);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.connector_id, verdict.parse(row.verdict)]));
}

export async function readPosture(db: Db, connectorId: string): Promise<Posture | null> {
  const row = await db.selectFrom('posture').selectAll().where('connector_id', '=', connectorId).executeTakeFirst();
  return row === undefined ? null : postureOf(row);
}

function postureOf({
  connector_id: connectorId,
  name,
  checked_at: checkedAt,
  findings,
  told: notified,
}: PostureRow): Posture {
  return {
    ...{ connectorId, name, checkedAt },
    findings: findingsDocument.parse(JSON.parse(findings)),
    notified: notifiedDocument.parse(JSON.parse(notified)),
  };
}
