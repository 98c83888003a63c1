import type { Reading } from '../incident/model/observation.ts';
import { noteReading, noticeDue, SOURCES, type Source, type SourceReading } from '../incident/model/outage.ts';
import type { Db } from '../storage/database.ts';
import { notifyOutagesJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { changeHistory } from '../storage/outages.ts';

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly newId: () => string;
  /** How long a source may be away before the channel is told; ms. */
  readonly outageAfterMs: number;
};

/** Notes how this read of every source went and, in the same transaction, has the channel told what it must know. */
export async function noteReadings(
  { db, clock, newId, outageAfterMs }: Dependencies,
  beganAt: number,
  outcomes: { readonly [source in Source]: SourceReading['outcome'] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    let isDue = false;
    for (const source of SOURCES) {
      const reading = { beganAt, outcome: outcomes[source] };
      const { after } = await changeHistory(trx, source, (history) => noteReading(history, reading));
      isDue ||= noticeDue(source, after, clock(), outageAfterMs) !== null;
    }
    if (isDue) await enqueue(trx, newId(), notifyOutagesJob(clock()));
  });
}

/** `silent`: the read failed for a passing reason, so there was no answer; else it was refused or is not whole. */
export function outcomeOf({
  complete,
  unreachable = false,
}: Reading<unknown> & { readonly unreachable?: boolean }): SourceReading['outcome'] {
  if (complete) return 'complete';
  return unreachable ? 'silent' : 'incomplete';
}
