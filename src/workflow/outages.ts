import type { Reading } from '../incident/model/observation.ts';
import { addReading, noticeDue, SOURCES, type Source, type SourceReading } from '../incident/model/outage.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { changeHistory } from '../storage/outages.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  /** How long a source may be unavailable before the channel is notified; ms. */
  readonly outageAfterMs: number;
};

/**
 * Stores the outcome of a reading for every source and, in the same transaction, queues the notification of the channel
 * when one is due.
 */
export async function addReadings(
  { db, clock, newId, outageAfterMs }: Dependencies,
  beganAt: number,
  outcomes: { readonly [source in Source]: SourceReading['outcome'] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    let isDue = false;
    for (const source of SOURCES) {
      const reading = { beganAt, outcome: outcomes[source] };
      const { after } = await changeHistory(trx, source, (history) => addReading(history, reading));
      isDue ||= noticeDue(source, after, clock(), outageAfterMs) !== null;
    }
    if (isDue) await enqueue(trx, newId(), singleJob('notify_outages', clock()));
  });
}

/**
 * Returns the outcome of a reading. `unreachable`: it failed temporarily, without a response. `incomplete`: it was refused or
 * only partial.
 */
export function outcomeOf({
  complete,
  unreachable = false,
}: Reading<unknown> & { readonly unreachable?: boolean }): SourceReading['outcome'] {
  if (complete) return 'complete';
  return unreachable ? 'unreachable' : 'incomplete';
}
