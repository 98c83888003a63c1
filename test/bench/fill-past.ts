import { randomUUID } from 'node:crypto';
import type { Incident } from '../../src/incident/model/incident.ts';
import { type AuditHead, chained, readAuditHead } from '../../src/storage/audit.ts';
import { openDatabase, type Trx } from '../../src/storage/database.ts';
import { insertIncident } from '../../src/storage/incidents.ts';
import { appliedEntry, openedEntry } from '../../src/workflow/audit-entry.ts';
import { CONNECTOR, play, restricted, T0 } from '../unit/incident/history.ts';

const BATCH = 2_000;
const CONNECTORS = 1_000;
const ENDS = { kind: 'observed_clear', at: T0 + 1, readSeq: T0 + 1 } as const;

/** Fills an empty database with so many ended incidents of a thousand connectors, each with its two entries in the audit trail. */
export async function fillPast(url: string, count: number): Promise<void> {
  const { db, close } = await openDatabase(url);
  const connectors = Array.from({ length: CONNECTORS }, (_, number) => ({
    ...CONNECTOR,
    id: randomUUID(),
    name: `Relay ${number}`,
  }));
  for (let written = 0; written < count; written += BATCH) {
    await db.transaction().execute(async (trx) => {
      let head = await readAuditHead(trx);
      for (let index = written; index < Math.min(written + BATCH, count); index += 1) {
        const connector = connectors[index % CONNECTORS] ?? CONNECTOR;
        head = await writeEnded(trx, { ...restricted(), id: randomUUID(), connector }, head);
      }
      await trx.updateTable('audit_head').set(head).execute();
    });
  }
  await close();
}

async function writeEnded(trx: Trx, opened: Incident, head: AuditHead): Promise<AuditHead> {
  const ended = play(opened, ENDS);
  await insertIncident(trx, ended);
  const first = chained(openedEntry(opened, T0), head);
  const last = chained(appliedEntry(opened, ended, ENDS, ENDS.at), first);
  await trx.insertInto('audit').values([first, last]).execute();
  return { seq: last.seq, hash: last.hash };
}
