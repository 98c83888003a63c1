import { randomUUID } from 'node:crypto';
import { chained, readAuditHead } from '../../../src/storage/audit.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { appliedEntry } from '../../../src/workflow/audit-entry.ts';
import { AOI, approve, BEN, confirm, play, restricted, T0 } from '../incident/history.ts';

const BATCH = 2_000;

/** Writes a trail with this many real entries into an empty database. */
export async function fillTrail(url: string, entries: number): Promise<void> {
  const database = await openDatabase(url);
  for (let written = 0; written < entries; written += BATCH) {
    await database.db.transaction().execute(async (trx) => {
      let head = await readAuditHead(trx);
      const rows = Array.from({ length: Math.min(BATCH, entries - written) }, (_, index) => {
        const row = chained(entry(written + index), head);
        head = { seq: row.seq, hash: row.hash };
        return row;
      });
      for (let at = 0; at < rows.length; at += 500)
        await trx
          .insertInto('audit')
          .values(rows.slice(at, at + 500))
          .execute();
      await trx.updateTable('audit_head').set(head).execute();
    });
  }
  await database.close();
}

/** Returns the two clicks of an approval in turn, as large as in production. */
function entry(number: number) {
  const waiting = play(restricted(), approve(AOI, T0 + 1, randomUUID()));
  const at = T0 + number * 1_000;
  if (number % 2 === 0)
    return appliedEntry(restricted(), waiting, approve(AOI, T0 + 1, waiting.approval?.id ?? ''), at);
  const event = confirm(BEN, T0 + 2, waiting.approval?.id ?? '');
  return appliedEntry(waiting, play(waiting, event), event, at);
}
