import { readAcceptance } from '../../audit/accepted.ts';
import { verifyAuditEnd } from '../../audit/verify.ts';
import { MINUTE_MS } from '../../incident/model/duration.ts';
import { isOutdated } from '../../incident/model/observation.ts';
import { brokenAt } from '../../incident/model/trail.ts';
import { readAuditHead } from '../../storage/audit.ts';
import type { Db } from '../../storage/database.ts';
import { readObservationHead } from '../../storage/observations.ts';
import { readTrail } from '../../storage/trail.ts';
import { readVersion } from '../../storage/version.ts';
import type { CheckContext, Examine } from '../check.ts';
import { type Found, failed, ok, skipped, warning } from '../finding.ts';

const QUICK_AUDIT_ENTRIES = 1_000;

/** Reports jobs that were set aside after too many failures. */
export const examineJobs: Examine = (context) =>
  inRecords(context, async (db) => {
    const query = db.selectFrom('jobs').select(({ fn }) => ['task', fn.countAll<number>().as('count')]);
    const dead = await query.where('state', '=', 'dead').groupBy('task').execute();
    if (dead.length === 0) return ok(context.strings.jobs.ok);
    const total = dead.reduce((sum, { count }) => sum + Number(count), 0);
    return warning(context.strings.jobs.dead(total, dead.map(({ task }) => task).join(', ')));
  });

/** Checks whether a service reads Exchange with this database. */
export const examineReading: Examine = (context) =>
  inRecords(context, async (db) => {
    const { strings, clock, config } = context;
    const [complete, latest] = [await readObservationHead(db, 'complete'), await readObservationHead(db, 'latest')];
    if (latest === null) return warning(strings.reading.none);
    if (latest.reason !== null) return warning(strings.reading.incomplete(latest.reason));
    const age = clock() - (complete ?? latest).beganAt;
    const minutes = Math.max(0, Math.round(age / MINUTE_MS));
    return isOutdated(age, config.pollMs) ? warning(strings.reading.old(minutes)) : ok(strings.reading.ok(minutes));
  });

/**
 * Reports what the service's own verification found, then verifies the end of the trail. `npm run audit -- verify` verifies
 * all of it.
 */
export const examineAuditTrail: Examine = (context) =>
  inRecords(context, async (db) => {
    const { auditTrail } = context.strings;
    const { found, acceptedSeq } = await readTrail(db);
    if (found !== null) return failed(auditTrail.known(brokenAt(found), new Date(found.foundAt).toISOString()));
    const accepted = await readAcceptance(db, acceptedSeq);
    const { seq: end } = await readAuditHead(db);
    const since = Math.max(1, end - (accepted?.upTo.seq ?? 0));
    const verdict = await verifyAuditEnd(db, Math.min(QUICK_AUDIT_ENTRIES, since));
    return verdict.kind === 'intact' ? ok(auditTrail.ok(verdict.head.seq)) : failed(auditTrail.broken(verdict.seq));
  });

/** Runs a check on the database if it has the current version, and skips it otherwise. */
async function inRecords({ connections, strings }: CheckContext, examine: (db: Db) => Promise<Found>): Promise<Found> {
  const database = await connections.openDatabase().catch(() => null);
  if (database === null || (await readVersion(database.db)) !== 'current') return skipped(strings.skipped('database'));
  return examine(database.db);
}
