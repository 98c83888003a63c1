import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../src/storage/database.ts';
import { insertIncident } from '../../src/storage/incidents.ts';
import { fillTrail } from '../unit/audit/fill-trail.ts';
import { CONNECTOR, play, restricted, T0 } from '../unit/incident/history.ts';

const BATCH = 2_000;
const CONNECTORS = 1_000;

/** Fills an empty database with this many ended incidents of a thousand connectors, and as many entries of the audit trail. */
export async function fillPast(url: string, count: number): Promise<void> {
  await fillTrail(url, count);
  const ended = play(restricted(), { kind: 'observed_clear', at: T0 + 1, readSeq: T0 + 1 });
  const ids = Array.from({ length: CONNECTORS }, () => randomUUID());
  const { db, close } = await openDatabase(url);
  for (let written = 0; written < count; written += BATCH) {
    await db.transaction().execute(async (trx) => {
      for (let index = written; index < Math.min(written + BATCH, count); index += 1) {
        const connector = { ...CONNECTOR, id: ids[index % CONNECTORS] ?? '', name: `Relay ${index % CONNECTORS}` };
        await insertIncident(trx, {
          ...ended,
          id: randomUUID(),
          openedAt: T0 + index,
          endedAt: T0 + index + 1,
          connector,
        });
      }
    });
  }
  await close();
}
