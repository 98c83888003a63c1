import { diff } from '../incident/diff/diff.ts';
import { isStale } from '../incident/diff/stale-reading.ts';
import type { Person } from '../incident/model/approval.ts';
import { type Drill, drillName, drillObservation, isDrill, LONGEST_DRILL_MS } from '../incident/model/drill.ts';
import { DAY_MS } from '../incident/model/duration.ts';
import type { BlockedConnector, InboundConnector, Reading } from '../incident/model/observation.ts';
import type { Runtime } from '../shared/runtime.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { insertDrill, latestDrill, liftDrill, listDrillsSince } from '../storage/drills.ts';
import { listEndedSince, listOpen } from '../storage/incidents.ts';
import { noteEntry } from './audit-entry.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'apply' | 'open' | 'requestReconcile'>;
};

/** Older drills matter only while they are running or their incidents are open, as after the service was stopped for days. */
const MAX_OPEN_MS = 3 * LONGEST_DRILL_MS;

/** Starts a drill with an imaginary restricted connector and records it in the audit trail. Returns the running drill if there is one. */
export async function startDrill(
  deps: Dependencies,
  by: Person,
): Promise<{ readonly started: boolean; readonly drill: Drill }> {
  const { db, clock, newId, workflow } = deps;
  const startedAt = clock();
  const drill = { connectorId: newId(), name: drillName(startedAt), startedBy: by, startedAt, liftedAt: null };
  const running = await db.transaction().execute(async (trx) => {
    if (!(await insertDrill(trx, drill))) return latestDrill(trx);
    await appendAudit(trx, entryOf('drill_started', drill, by, startedAt));
    return null;
  });
  await workflow.requestReconcile(clock());
  return running === null ? { started: true, drill } : { started: false, drill: running };
}

/** Ends the running drill without an approval. Returns null when there is none. */
export async function stopDrill({ db, clock, workflow }: Dependencies, by: Person): Promise<Drill | null> {
  const stopped = await db.transaction().execute(async (trx) => {
    const drill = await latestDrill(trx);
    if (drill === null || !(await liftDrill(trx, drill.connectorId, clock()))) return null;
    await appendAudit(trx, entryOf('drill_stopped', drill, by, clock()));
    return drill;
  });
  if (stopped !== null) await workflow.requestReconcile(clock());
  return stopped;
}

function entryOf(action: 'drill_started' | 'drill_stopped', { connectorId, name }: Drill, by: Person, at: number) {
  const details = { drill: true, connectorId, name };
  return noteEntry({ action, incident: null, actor: by, outcome: 'done', details }, at);
}

/**
 * Reconciles the imaginary restrictions with the incidents of drills, by the rules of real ones and without calling Microsoft.
 * `seq` is the number of the last audit entry before the reading. Returns whether to reconcile again.
 */
export async function reconcileDrills(deps: Dependencies, seq: number): Promise<boolean> {
  const { db, workflow, clock, newId } = deps;
  const now = clock();
  const drills = await listDrillsSince(db, now - MAX_OPEN_MS);
  if (drills.length === 0) return false;
  const overdue = drills.filter(({ startedAt, liftedAt }) => liftedAt === null && startedAt + LONGEST_DRILL_MS <= now);
  for (const { connectorId } of overdue) await liftDrill(db, connectorId, now);
  const observation = drillObservation(
    drills.filter((drill) => !overdue.includes(drill)),
    seq,
    now,
  );
  const known = {
    open: (await listOpen(db)).filter(isDrill),
    ended: (await listEndedSince(db, now - DAY_MS)).filter(isDrill),
    previous: new Map<string, string>(),
    alerts: new Map<string, string>(),
    first: false,
  };
  for (const proposal of diff(known, observation, now, newId)) {
    if (proposal.kind === 'event') await workflow.apply(proposal.incidentId, proposal.event);
    if (proposal.kind !== 'open') continue;
    const { opened } = proposal;
    await workflow.open({ ...opened, incident: { ...opened.incident, drill: true } });
  }
  return isStale(known, observation);
}

/** The replacement for Exchange when a drill is unblocked. */
export type DrillExchange = {
  readonly listBlocked: () => Promise<Reading<BlockedConnector>>;
  readonly listInbound: () => Promise<Reading<InboundConnector>>;
  readonly unblock: (request: {
    readonly connectorId: string;
  }) => Promise<{ readonly requestId: null; readonly notCalled: false }>;
};

/** Creates a replacement for Exchange with only imaginary connectors, which makes no request. */
export function createDrillExchange({ db, clock }: Pick<Dependencies, 'db' | 'clock'>): DrillExchange {
  const observe = async () => drillObservation(await listDrillsSince(db, clock() - MAX_OPEN_MS), 0, clock());
  return {
    listBlocked: async () => (await observe()).blocked,
    listInbound: async () => (await observe()).inbound,
    async unblock({ connectorId }) {
      await liftDrill(db, connectorId, clock());
      return { requestId: null, notCalled: false };
    },
  };
}
