import { z } from 'zod';
import type { Quorum } from '../incident/model/quorum.ts';
import type { Db, Trx } from './database.ts';
import { documentOf } from './document.ts';

const about = { at: z.number(), approverId: z.string().nullable() };

const quorumDocument = documentOf<Quorum>()(
  z.discriminatedUnion('kind', [
    z.object({
      ...about,
      kind: z.literal('read'),
      here: z.number(),
      names: z.array(z.string()),
      memberIds: z.array(z.string()).optional(),
      elsewhere: z.number(),
      complete: z.boolean(),
    }),
    z.object({ ...about, kind: z.literal('unread') }),
  ]),
);

/** Reads what an incident's card shows about who can still act. Returns null when it shows nothing. */
export async function readQuorum(db: Db, incidentId: string): Promise<Quorum | null> {
  const query = db.selectFrom('quorums').select('document').where('incident_id', '=', incidentId);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : quorumDocument.parse(JSON.parse(row.document));
}

export async function saveQuorum(db: Db | Trx, incidentId: string, quorum: Quorum): Promise<void> {
  const document = JSON.stringify(quorum);
  await db
    .insertInto('quorums')
    .values({ incident_id: incidentId, document })
    .onConflict((conflict) => conflict.column('incident_id').doUpdateSet({ document }))
    .execute();
}
