import { z } from 'zod';
import type { NotedAnchor, TrailBreak } from '../incident/model/trail.ts';
import type { Db, Trx } from './database.ts';
import { documentOf } from './document.ts';
import type { TrailRow } from './schema.ts';

/**
 * The state after the last check of the audit trail, which the owner of the database can also change. Times are in ms since the
 * epoch.
 */
export type TrailState = {
  /** When a check last ended; null before the first. */
  readonly checkedAt: number | null;
  /** When anchors outside of the database were last read. */
  readonly anchorsReadAt: number | null;
  /** The break that was found and not accepted. */
  readonly found: TrailBreak | null;
  /** The number of the entry in which a person accepted the trail as it was. */
  readonly acceptedSeq: number | null;
  /** The acceptance the channel was notified of. */
  readonly notifiedAcceptedSeq: number | null;
};

const NEVER_CHECKED: TrailState = {
  checkedAt: null,
  anchorsReadAt: null,
  found: null,
  acceptedSeq: null,
  notifiedAcceptedSeq: null,
};

const anchor = documentOf<NotedAnchor>()(
  z.object({
    seq: z.number(),
    hash: z.string(),
    alertId: z.string().nullable(),
    author: z.string(),
    notedAt: z.number(),
  }),
);

export const trailBreakDocument = documentOf<TrailBreak>()(
  z.object({
    fault: z.object({ seq: z.number(), reason: z.string() }).nullable(),
    anchors: z.array(anchor),
    foundAt: z.number(),
  }),
);

const ONLY = 1;

export async function readTrail(db: Db | Trx): Promise<TrailState> {
  const row = await db.selectFrom('trail').selectAll().where('id', '=', ONLY).executeTakeFirst();
  return row === undefined ? NEVER_CHECKED : stateOf(row);
}

/** Locks the state until the transaction ends. */
export async function lockTrail(trx: Trx): Promise<TrailState> {
  const row = trx.updateTable('trail').set({ id: ONLY }).where('id', '=', ONLY).returningAll();
  return stateOf(await row.executeTakeFirstOrThrow());
}

/** Saves the state that was locked. */
export async function saveTrail(trx: Trx, state: TrailState): Promise<void> {
  await trx.updateTable('trail').set(rowOf(state)).where('id', '=', ONLY).execute();
}

function stateOf(row: TrailRow): TrailState {
  return {
    checkedAt: row.checked_at,
    anchorsReadAt: row.anchors_read_at,
    found: row.break === null ? null : breakIn(row.break),
    acceptedSeq: row.accepted_seq,
    notifiedAcceptedSeq: row.told_accepted_seq,
  };
}

/** An unreadable record counts as a break of its own, because only a manual change of the database leaves one. */
function breakIn(text: string): TrailBreak {
  try {
    return trailBreakDocument.parse(JSON.parse(text));
  } catch {
    return { fault: { seq: 0, reason: 'the record of the last check cannot be read' }, anchors: [], foundAt: 0 };
  }
}

function rowOf(state: TrailState): Omit<TrailRow, 'id'> {
  return {
    checked_at: state.checkedAt,
    anchors_read_at: state.anchorsReadAt,
    break: state.found === null ? null : JSON.stringify(state.found),
    accepted_seq: state.acceptedSeq,
    told_accepted_seq: state.notifiedAcceptedSeq,
  };
}
