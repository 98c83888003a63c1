import { UpstreamError } from './errors.ts';
import { diff } from './incident/diff.ts';
import type { Alert, BlockedConnector, InboundConnector, Observation, Reading } from './incident/observation.ts';
import type { Proposal } from './incident/proposal.ts';
import type { Log } from './log.ts';
import { noteReadings, outcomeOf } from './outage-watch.ts';
import { knownAlerts, moveCursor, readCursor, recordAlert } from './storage/alerts.ts';
import type { Db } from './storage/database.ts';
import { lastEnded, listEndedSince, listOpen } from './storage/incidents.ts';
import { saveObservation } from './storage/observations.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = {
  readonly db: Db;
  readonly listBlocked: () => Promise<Reading<BlockedConnector>>;
  readonly listInbound: () => Promise<Reading<InboundConnector>>;
  readonly listAlertsChangedSince: (since: number) => Promise<Reading<Alert>>;
  readonly workflow: Pick<Workflow, 'apply' | 'open'>;
  readonly clock: () => number;
  readonly newId: () => string;
  /** How long Exchange or Graph may be away before the channel is told; ms. */
  readonly outageAfterMs: number;
  readonly log: Log;
};

const DAY_MS = 24 * 3_600_000;
const ALERTS = 'alerts';
/** How far back the first read of alerts looks. */
const FIRST_ALERTS_MS = 7 * DAY_MS;
/** Changed alerts may show up late and out of order; known ones are recognised by their id. */
const ALERTS_OVERLAP_MS = 10 * 60_000;

/** Reads the truth once, compares it with what is known, and applies what follows. Never throws for an upstream failure. */
export function createReconcile(deps: Dependencies): () => Promise<void> {
  return async () => {
    const beganAt = deps.clock();
    const cursor = await readCursor(deps.db, ALERTS);
    const since = cursor === null ? beganAt - FIRST_ALERTS_MS : cursor - ALERTS_OVERLAP_MS;
    const [blocked, inbound, alerts] = await Promise.all([
      reading(deps.listBlocked(), deps.log),
      reading(deps.listInbound(), deps.log),
      reading(deps.listAlertsChangedSince(since), deps.log),
    ]);
    const observation = { beganAt, blocked, inbound, alerts: alerts.items };
    await saveObservation(deps.db, observation);
    for (const proposal of await propose(deps, observation, cursor === null)) await carryOut(deps, proposal);
    await noteReadings(deps, beganAt, { exchange: outcomeOf(blocked), graph: outcomeOf(alerts) });
    if (alerts.complete) await moveCursor(deps.db, ALERTS, beganAt);
  };
}

async function propose(deps: Dependencies, observation: Observation, first: boolean): Promise<readonly Proposal[]> {
  const { db, clock, newId } = deps;
  const now = clock();
  const known = {
    open: await listOpen(db),
    ended: await listEndedSince(db, now - DAY_MS),
    previous: await lastEnded(
      db,
      observation.blocked.items.map(({ id }) => id),
    ),
    alerts: await knownAlerts(
      db,
      observation.alerts.map(({ id }) => id),
    ),
    first,
  };
  return diff(known, observation, now, newId);
}

async function carryOut({ workflow, db, clock }: Dependencies, proposal: Proposal): Promise<void> {
  switch (proposal.kind) {
    case 'open':
      await workflow.open(proposal.opened);
      return;
    case 'event':
      await workflow.apply(proposal.incidentId, proposal.event);
      return;
    case 'record_alert':
      await recordAlert(db, proposal.alertId, null, clock());
      return;
  }
}

async function reading<T>(attempt: Promise<Reading<T>>, log: Log): Promise<Reading<T> & { readonly silent?: boolean }> {
  try {
    const read = await attempt;
    if (!read.complete) log.warn({ why: read.why }, 'incomplete read: it proves nothing is gone');
    return read;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn(error.logged, 'a read failed; the next one follows');
    return { items: [], complete: false, why: error.message, silent: error.retryable };
  }
}
