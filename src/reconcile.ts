import { UpstreamError } from './errors.ts';
import { diff } from './incident/diff.ts';
import type { Alert, BlockedConnector, InboundConnector, Observation, Reading } from './incident/observation.ts';
import type { Proposal } from './incident/proposal.ts';
import type { Log } from './log.ts';
import { alertWords, listConnectorChanges } from './storage/activity-feed.ts';
import { forgetMissed, knownAlerts, missedSince, moveCursor, readCursor, recordAlert } from './storage/alerts.ts';
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
    const missed = await missedSince(deps.db);
    const goneOn = cursor === null ? beganAt - FIRST_ALERTS_MS : cursor - ALERTS_OVERLAP_MS;
    const since = Math.min(goneOn, missed ?? goneOn);
    const [blocked, inbound, alerts] = await Promise.all([
      reading(deps.listBlocked(), deps.log),
      reading(deps.listInbound(), deps.log),
      reading(deps.listAlertsChangedSince(since), deps.log),
    ]);
    const changes = await listConnectorChanges(deps.db);
    const observation = { beganAt, blocked, inbound, alerts: await withWords(deps.db, alerts.items), changes };
    await saveObservation(deps.db, observation);
    for (const proposal of await propose(deps, observation, cursor === null)) await carryOut(deps, proposal);
    if (!alerts.complete) return;
    await moveCursor(deps.db, ALERTS, beganAt);
    if (missed !== null) await forgetMissed(deps.db, missed);
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

/** The alerts, each with what the audit feed says of it besides. */
async function withWords(db: Db, alerts: readonly Alert[]): Promise<readonly Alert[]> {
  const words = await alertWords(
    db,
    alerts.map(({ id }) => id),
  );
  return alerts.map((alert) => ({ ...alert, text: `${alert.text}\n${words.get(alert.id) ?? ''}` }));
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

async function reading<T>(attempt: Promise<Reading<T>>, log: Log): Promise<Reading<T>> {
  try {
    const read = await attempt;
    if (!read.complete) log.warn({ why: read.why }, 'incomplete read: it proves nothing is gone');
    return read;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ upstream: error.message, requestId: error.details.requestId }, 'a read failed; the next one follows');
    return { items: [], complete: false, why: error.message };
  }
}
