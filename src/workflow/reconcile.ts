import { diff } from '../incident/diff/diff.ts';
import type { Proposal } from '../incident/diff/proposal.ts';
import { alertsToReconsider, withTexts } from '../incident/diff/reconsider.ts';
import { isStale } from '../incident/diff/stale-reading.ts';
import { isDrill } from '../incident/model/drill.ts';
import { DAY_MS } from '../incident/model/duration.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { Alert, BlockedConnector, InboundConnector, Observation, Reading } from '../incident/model/observation.ts';
import { UpstreamError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { Runtime } from '../shared/runtime.ts';
import { listConnectorChanges, readAlertTexts } from '../storage/activity-feed.ts';
import { forgetMissed, knownAlerts, missedSince, moveCursor, readCursor, recordAlert } from '../storage/alerts.ts';
import { readAuditHead } from '../storage/audit.ts';
import { createConfigurationHistory } from '../storage/connector-history.ts';
import type { Db } from '../storage/database.ts';
import { lastEnded, listEndedSince, listOpen } from '../storage/incidents.ts';
import { saveObservation } from '../storage/observations.ts';
import { noteSignal } from '../storage/signals.ts';
import { reconcileDrills } from './drills.ts';
import { addReadings, outcomeOf } from './outages.ts';
import { voidOverdue } from './void-overdue.ts';
import type { Workflow } from './workflow.ts';

/** `newest` is the time of the latest change of any alert by Defender's clock, ms since the epoch. */
type AlertReading = Reading<Alert> & { readonly newest: number | null };

type Dependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly connectors: {
    listBlocked(): Promise<Reading<BlockedConnector>>;
    listInbound(): Promise<Reading<InboundConnector>>;
  };
  /** Lists the alerts of the connector policy that changed since a time (ms since the epoch). */
  readonly listChangedSince: (since: number) => Promise<AlertReading>;
  readonly workflow: Pick<Workflow, 'apply' | 'open' | 'requestReconcile'>;
  /** How long Exchange or Graph may be unreadable before the channel is notified, ms. */
  readonly outageAfterMs: number;
  /** How long after it was given an authorization may still be carried out, ms. */
  readonly actWithinMs: number;
};

const ALERTS = 'alerts';
/** The period of the first reading of alerts. */
const FIRST_ALERTS_MS = 7 * DAY_MS;
/** Changed alerts may be listed late and out of order. Alerts that were already read are recognized by their id. */
const ALERTS_OVERLAP_MS = 10 * 60_000;

/**
 * Reads the connectors and alerts once, compares them with the open incidents, and applies the resulting events. Never throws
 * for an upstream failure.
 */
export function createReconcile(deps: Dependencies): () => Promise<void> {
  const noteConfigurations = createConfigurationHistory(deps.db);
  return async () => {
    const { seq } = await readAuditHead(deps.db);
    const beganAt = deps.clock();
    const cursor = await readCursor(deps.db, ALERTS);
    const missed = await missedSince(deps.db);
    const goneOn = cursor === null ? beganAt - FIRST_ALERTS_MS : cursor - ALERTS_OVERLAP_MS;
    const since = Math.min(goneOn, missed ?? goneOn);
    const [{ blocked, inbound }, alerts] = await Promise.all([
      readExchange(deps),
      reading(deps.listChangedSince(since), deps.log),
    ]);
    await noteSignal(deps.db, 'alerts', deps.clock(), alerts.reason);
    const changes = await listConnectorChanges(deps.db);
    const observation = { seq, beganAt, blocked, inbound, alerts: alerts.items, changes };
    await saveObservation(deps.db, observation);
    await noteConfigurations(inbound.items, beganAt);
    const { proposals, stale } = await propose(deps, observation, cursor === null);
    for (const proposal of proposals) await carryOut(deps, proposal);
    const drillsStale = await reconcileDrills(deps, seq);
    if (stale || drillsStale) await deps.workflow.requestReconcile(deps.clock());
    await addReadings(deps, beganAt, { exchange: outcomeOf(blocked), graph: outcomeOf(alerts) });
    // Alerts that a stale reading leaves for the next one may be older than the overlap.
    if (alerts.complete && !stale) {
      await moveCursor(deps.db, ALERTS, readUpTo(beganAt, cursor, 'newest' in alerts ? alerts.newest : null));
      if (missed !== null) await forgetMissed(deps.db, missed);
    }
    await voidOverdue(deps);
  };
}

/**
 * Returns the time up to which alerts have been read. That is the latest change seen, because Defender's clock may differ and an
 * alert may be listed long after its change, but no later than the beginning of this reading.
 */
function readUpTo(beganAt: number, cursor: number | null, newest: number | null): number {
  return Math.min(beganAt, Math.max(newest ?? 0, cursor ?? beganAt - FIRST_ALERTS_MS));
}

type Proposed = {
  readonly proposals: readonly Proposal[];
  /** Whether an incident changed after the reading began, so that the reading may not show it. */
  readonly stale: boolean;
};

async function propose(deps: Dependencies, read: Observation, first: boolean): Promise<Proposed> {
  const { db, clock, newId } = deps;
  const now = clock();
  const open = (await listOpen(db)).filter(isReal);
  const observation = { ...read, alerts: await alertsToPlace(db, read.alerts, open) };
  const recorded = await knownAlerts(
    db,
    observation.alerts.map(({ id }) => id),
  );
  const openConnectors = new Set(open.map(({ connector }) => connector?.id));
  const newlyBlocked = observation.blocked.items.filter(({ id }) => !openConnectors.has(id));
  const known = {
    open,
    ended: (await listEndedSince(db, now - DAY_MS)).filter(isReal),
    previous: await lastEnded(
      db,
      newlyBlocked.map(({ id }) => id),
    ),
    alerts: new Map(recorded.map(({ id, incidentId }) => [id, incidentId])),
    recordedAt: new Map(recorded.map(({ id, recordedAt }) => [id, recordedAt])),
    first,
  };
  return { proposals: diff(known, observation, now, newId), stale: isStale(known, observation) };
}

/** Excludes drills: a reading of Exchange does not contain them, so it must not end them, and no alert belongs to one. */
function isReal(incident: Incident): boolean {
  return !isDrill(incident);
}

/** Returns the alerts of this reading, and open alerts whose connector is uncertain, each with its text from the audit feed. */
async function alertsToPlace(db: Db, fresh: readonly Alert[], open: readonly Incident[]): Promise<readonly Alert[]> {
  const again = alertsToReconsider(open).filter(({ id }) => !fresh.some((alert) => alert.id === id));
  const alerts = [...fresh, ...again];
  const texts = await readAlertTexts(
    db,
    alerts.map(({ id }) => id),
  );
  return alerts.map((alert) => withTexts(alert, texts.get(alert.id) ?? ''));
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

/** Reads one list after the other, because Exchange throttles an app that sends many requests at once (GreyCorbel/ExoHelper). */
async function readExchange({ connectors, log }: Dependencies) {
  const blocked = await reading(connectors.listBlocked(), log);
  const inbound = await reading(connectors.listInbound(), log);
  return { blocked, inbound };
}

type Unread = Reading<never> & { readonly unreachable: boolean };

async function reading<T, R extends Reading<T>>(attempt: Promise<R>, log: Log): Promise<R | Unread> {
  try {
    const read = await attempt;
    if (!read.complete) log.warn({ event: 'reading_incomplete', reason: read.reason }, 'a reading was incomplete');
    return read;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ event: 'reading_failed', ...error.logged }, 'a reading failed');
    return { items: [], complete: false, reason: error.message, unreachable: error.retryable };
  }
}
