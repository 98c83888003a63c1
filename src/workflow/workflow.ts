import { type Decision, decide } from '../incident/decide/decide.ts';
import { isDrill } from '../incident/model/drill.ts';
import type { EventKind, IncidentEvent } from '../incident/model/events.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { ReminderPace } from '../incident/model/reminder.ts';
import { brokenAt, type UntrustedTrail } from '../incident/model/trail.ts';
import { recordedCalls } from '../shared/call-trace.ts';
import type { Log } from '../shared/log.ts';
import type { Runtime } from '../shared/runtime.ts';
import { appendAudit, lockAudit } from '../storage/audit.ts';
import type { Db, Trx } from '../storage/database.ts';
import { insertIncident, listOpen, lockIncident, saveIncident } from '../storage/incidents.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { createSharedTransactions } from '../storage/shared-transactions.ts';
import { appliedEntry, noteEntry, openedEntry, refusedEntry } from './audit-entry.ts';
import { createDecisionWriter } from './decision-writer.ts';
import { createNotes, type Notes } from './notes.ts';

/** A placeholder for the number of an audit entry that is not yet known. */
const UNNUMBERED = -1;

const LEADS_TO_UNBLOCK: ReadonlySet<EventKind> = new Set(['approve', 'confirm', 'break_glass']);

type Outcome =
  /** `anchor` is the head of the audit trail after the event. */
  | { readonly kind: 'applied'; readonly incident: Incident; readonly anchor: string }
  | { readonly kind: 'repeated'; readonly incident: Incident }
  | Extract<Decision, { kind: 'refused' | 'ignored' }>;

/** `isCounted` is false for drills, which the metrics leave out. */
type Decided = { readonly outcome: Outcome; readonly isCounted: boolean };

export type Workflow = Notes & {
  /** Decides one event of an incident and saves the result, its audit entry and its jobs in one transaction. */
  apply(incidentId: string, event: IncidentEvent): Promise<Outcome>;
  /** Saves a new incident. Returns false when its connector, or its alert where it has none, already has an open one. */
  open(opened: Extract<Decision, { kind: 'applied' }>): Promise<boolean>;
  /** Commits a request for a reconcile that begins after this call and is due at `at` (ms since the epoch) or earlier. */
  requestReconcile(at: number): Promise<void>;
};

type Dependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  /** Counts a decision in the metrics. */
  readonly decided: (event: string, outcome: string) => void;
  /** The pace of reminders; null for none. */
  readonly pace: ReminderPace | null;
  /** Returns a break of the audit trail, during which nothing may be unblocked. */
  readonly brokenTrail: (trx: Trx) => Promise<UntrustedTrail | null>;
};

/** Creates the only writer of incidents. It locks, decides and saves in one transaction without network calls. */
export function createWorkflow(dependencies: Dependencies): Workflow {
  const { db, clock, newId, decided, pace, brokenTrail, log } = dependencies;
  const transact = createSharedTransactions(db);
  const saveDecision = createDecisionWriter({ clock, newId, pace });

  async function applyIn(trx: Trx, incidentId: string, event: IncidentEvent): Promise<Decided> {
    const incident = await lockIncident(trx, incidentId);
    if (incident === null) return { outcome: await unknownIncident(trx, incidentId, event, clock()), isCounted: true };
    return { outcome: await applyTo(trx, incident, event), isCounted: !isDrill(incident) };
  }

  async function applyTo(trx: Trx, incident: Incident, event: IncidentEvent): Promise<Outcome> {
    const unnumbered = decide(incident, event, UNNUMBERED);
    const decision = await numbered(trx, await unlessBroken(brokenTrail, trx, event, unnumbered));
    if (decision.kind === 'applied') {
      await saveIncident(trx, decision.incident);
      const entry = appliedEntry(incident, decision.incident, event, clock());
      const anchor = await saveDecision(trx, decision.incident, entry, decision.effects);
      return { kind: 'applied', incident: decision.incident, anchor };
    }
    if (decision.kind === 'refused') await appendAudit(trx, refusedEntry(incident, event, decision.refusal, clock()));
    return decision;
  }

  return {
    async apply(incidentId, event) {
      const { outcome, isCounted } = await transact(incidentId, (trx) => applyIn(trx, incidentId, event));
      if (isCounted) decided(event.kind, outcome.kind);
      logDecision(log, incidentId, event, outcome);
      return outcome;
    },

    async open({ incident, effects }) {
      const opened = await db.transaction().execute(async (trx) => {
        if (!(await insertUnlessOpen(trx, incident))) return false;
        await saveDecision(trx, incident, openedEntry(incident, clock()), effects);
        return true;
      });
      if (opened && !isDrill(incident)) decided('opened', incident.state);
      if (opened) logOpening(log, incident);
      return opened;
    },

    requestReconcile: (at) => enqueue(db, newId(), singleJob('reconcile', at)),

    ...createNotes({ transact, clock }),
  };
}

/** Inserts an incident. Returns false when its connector, or its alert where it has none, already has an open one. */
async function insertUnlessOpen(trx: Trx, incident: Incident): Promise<boolean> {
  // Another replica may be opening the same incident: the second transaction waits here, and then finds it open.
  await lockAudit(trx);
  if (await isAlreadyOpen(trx, incident)) return false;
  await insertIncident(trx, incident);
  return true;
}

/**
 * Sets the number of the audit entry on a change of state. This comes as late as possible, because it locks the trail until the
 * transaction ends.
 */
async function numbered(trx: Trx, decision: Decision): Promise<Decision> {
  if (decision.kind !== 'applied' || decision.incident.changedSeq !== UNNUMBERED) return decision;
  return { ...decision, incident: { ...decision.incident, changedSeq: (await lockAudit(trx)) + 1 } };
}

function logOpening(log: Log, { id, connector, state }: Incident): void {
  log.warn({ event: 'incident_opened', incidentId: id, connector: connector?.id }, `incident opened: ${state}`);
}

function logDecision(log: Log, incidentId: string, { kind, at }: IncidentEvent, outcome: Outcome): void {
  const refusal = outcome.kind === 'refused' ? { refusal: outcome.refusal.reason } : {};
  const requestIds = recordedCalls().map(({ requestId }) => requestId);
  const fields = { event: 'incident_event_decided', incidentId, kind, outcome: outcome.kind, ...refusal, requestIds };
  log[outcome.kind === 'ignored' ? 'debug' : 'info'](fields, 'incident event decided');
  if (outcome.kind !== 'applied' || outcome.incident.endedAt !== at) return;
  log.info({ event: 'incident_ended', incidentId, audit: outcome.anchor }, 'incident ended');
}

/** Refuses events that lead to an unblock while the audit trail is broken, because such a trail holds no person accountable. */
async function unlessBroken(
  brokenTrail: Dependencies['brokenTrail'],
  trx: Trx,
  { kind }: IncidentEvent,
  decision: Decision,
): Promise<Decision> {
  if (decision.kind !== 'applied' || !LEADS_TO_UNBLOCK.has(kind)) return decision;
  const broken = await brokenTrail(trx);
  if (broken === null) return decision;
  if (broken.loss !== undefined) return { kind: 'refused', refusal: { reason: 'database_lost' } };
  return { kind: 'refused', refusal: { reason: 'audit_trail_broken', seq: brokenAt(broken) } };
}

/** Whether an open incident has the connector or, for an incident without one, an alert: another worker may have opened it. */
async function isAlreadyOpen(trx: Trx, { connector, alerts }: Incident): Promise<boolean> {
  if (connector !== null) {
    const query = trx.selectFrom('incidents').select('id').where('connector_id', '=', connector.id);
    return (await query.where('ended_at', 'is', null).executeTakeFirst()) !== undefined;
  }
  const held = (await listOpen(trx)).flatMap((open) => open.alerts);
  return alerts.some(({ id }) => held.some((alert) => alert.id === id));
}

/** Records and refuses a click on the card of an unknown incident. */
async function unknownIncident(trx: Trx, incidentId: string, event: IncidentEvent, at: number): Promise<Outcome> {
  const refusal = { reason: 'no_such_incident' } as const;
  const actor = 'by' in event ? event.by : null;
  const details = { refusal: refusal.reason, claimed: { incidentId } };
  const note = { action: `${event.kind}_refused`, incident: null, actor, outcome: 'refused', details } as const;
  if (actor !== null) await appendAudit(trx, noteEntry(note, at));
  return { kind: 'refused', refusal };
}
