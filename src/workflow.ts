import type { Person } from './incident/approval.ts';
import { type Decision, decide } from './incident/decide.ts';
import type { Effect } from './incident/effects.ts';
import type { IncidentEvent } from './incident/events.ts';
import type { Incident } from './incident/incident.ts';
import { nextReminder, type ReminderPace } from './incident/reminder.ts';
import type { Log } from './log.ts';
import { recordAlert, rememberMissed } from './storage/alerts.ts';
import { appendAudit } from './storage/audit.ts';
import type { Db, Trx } from './storage/database.ts';
import { insertIncident, listOpen, lockIncident, saveIncident } from './storage/incidents.ts';
import {
  alertJob,
  breakGlassJob,
  cardJob,
  expireJob,
  feedJob,
  type JobRequest,
  reconcileJob,
  remindJob,
  replyJob,
  subscriptionJob,
  unblockJob,
  verifyJob,
} from './storage/job.ts';
import { enqueue } from './storage/jobs.ts';

/** The first read after a surprise, the first read-back after an unblock: soon, but not in the same breath. */
const SOON_MS = 2_000;
/** Graph repeats a notification for 4 hours and then gives it up; a day is on the safe side. */
const MISSED_MS = 24 * 3_600_000;

type Outcome =
  | { readonly kind: 'applied' | 'repeated'; readonly incident: Incident }
  | Extract<Decision, { kind: 'refused' | 'ignored' }>;

/** Somebody as their activity names them; a null is what it did not say. */
type Claimed = { readonly tenantId: string | null; readonly objectId: string | null; readonly name: string };

export type Workflow = {
  /** Decides one event about one incident and remembers the result, its audit entry and its jobs together. */
  apply(incidentId: string, event: IncidentEvent): Promise<Outcome>;
  /** Remembers a new incident; false when its connector has an open one by now. */
  open(opened: Extract<Decision, { kind: 'applied' }>): Promise<boolean>;
  /** Puts on record that somebody who may not act tried to; what they sent decides nothing. */
  noteRefused(incidentId: string, verb: string, by: Claimed, reason: string): Promise<void>;
  /** Commits the wish for a reconcile that begins at `at` (ms) or sooner, and after this call. */
  requestReconcile(at: number): Promise<void>;
  /** Has every open incident looked at for reminders that are due, as after a change of their pace. */
  requestReminders(): Promise<void>;
  /** Commits the wish for a reconcile now that reads again what may have been missed in the last day. */
  requestCatchUp(): Promise<void>;
  /** Commits the wish to look after our subscription at Graph now. */
  requestRenewal(): Promise<void>;
  /** Commits the wish to read on in the activity feed now. */
  requestFeed(): Promise<void>;
};

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Tells a waiting worker that a job has been committed. */
  readonly wake: () => void;
  /** Counts a decision. */
  readonly decided?: (event: string, outcome: string) => void;
  /** How people are reminded; null or left out for not at all. */
  readonly pace?: ReminderPace | null;
  readonly log: Log;
};

/** The only writer of incidents: lock, decide, save, all in one transaction without any network in it. */
export function createWorkflow({ db, clock, newId, wake, decided, pace = null, log }: Dependencies): Workflow {
  const request = async (trx: Db | Trx, job: JobRequest) => enqueue(trx, newId(), job);

  async function remember(trx: Trx, incident: Incident, event: IncidentEvent | null, effects: readonly Effect[]) {
    for (const alert of incident.alerts) await recordAlert(trx, alert.id, incident.id, clock());
    await appendAudit(trx, auditOf(incident, event, clock()));
    for (const effect of effects) await request(trx, jobOf(effect, incident.id, newId(), clock()));
    const reminder = nextReminder(incident, pace);
    if (reminder !== null) await request(trx, remindJob(incident.id, reminder.at));
  }

  async function applyIn(trx: Trx, incidentId: string, event: IncidentEvent): Promise<Outcome> {
    const incident = await lockIncident(trx, incidentId);
    if (incident === null) return { kind: 'refused', refusal: { reason: 'no_such_incident' } };
    const decision = decide(incident, event);
    if (decision.kind === 'applied') {
      await saveIncident(trx, decision.incident);
      await remember(trx, decision.incident, event, decision.effects);
      return { kind: 'applied', incident: decision.incident };
    }
    if (decision.kind === 'refused') await appendAudit(trx, refusedEntry(incident, event, decision.refusal.reason));
    return decision;
  }

  return {
    async apply(incidentId, event) {
      const outcome = await db.transaction().execute((trx) => applyIn(trx, incidentId, event));
      const reason = outcome.kind === 'refused' ? { refusal: outcome.refusal.reason } : {};
      decided?.(event.kind, outcome.kind);
      const level = outcome.kind === 'ignored' ? 'debug' : 'info';
      log[level]({ incidentId, event: event.kind, outcome: outcome.kind, ...reason }, 'event decided');
      wake();
      return outcome;
    },

    async open({ incident, effects }) {
      const opened = await db.transaction().execute(async (trx) => {
        if (await hasOpenIncident(trx, incident.connector?.id ?? null)) return false;
        await insertIncident(trx, incident);
        await remember(trx, incident, null, effects);
        return true;
      });
      if (opened) decided?.('opened', incident.state);
      if (opened)
        log.warn({ incidentId: incident.id, connector: incident.connector?.id }, `incident opened: ${incident.state}`);
      wake();
      return opened;
    },

    async noteRefused(incidentId, verb, by, reason) {
      const entry = attemptEntry(incidentId, verb, by, reason, clock());
      await db.transaction().execute((trx) => appendAudit(trx, entry));
    },

    async requestReminders() {
      if (pace === null) return;
      for (const { id } of await listOpen(db)) await request(db, remindJob(id, clock()));
      wake();
    },

    ...requests({ db, clock, newId, wake }),
  };
}

type Requests = Pick<Workflow, 'requestReconcile' | 'requestCatchUp' | 'requestRenewal' | 'requestFeed'>;

/** Wishes for work that no event asks for. */
function requests({ db, clock, newId, wake }: Pick<Dependencies, 'db' | 'clock' | 'newId' | 'wake'>): Requests {
  const ask = (job: JobRequest) => enqueue(db, newId(), job).then(wake);
  return {
    requestRenewal: () => ask(subscriptionJob(clock())),
    requestFeed: () => ask(feedJob(clock())),
    requestReconcile: (at) => ask(reconcileJob(at)),
    async requestCatchUp() {
      await db.transaction().execute(async (trx) => {
        await rememberMissed(trx, clock() - MISSED_MS);
        await enqueue(trx, newId(), reconcileJob(clock()));
      });
      wake();
    },
  };
}

async function hasOpenIncident(trx: Trx, connectorId: string | null): Promise<boolean> {
  if (connectorId === null) return false;
  const query = trx.selectFrom('incidents').select('id').where('connector_id', '=', connectorId);
  return (await query.where('ended_at', 'is', null).executeTakeFirst()) !== undefined;
}

function jobOf(effect: Effect, incidentId: string, id: string, now: number): JobRequest {
  switch (effect.kind) {
    case 'post_card':
    case 'update_card':
      return cardJob(effect.kind, incidentId, now);
    case 'post_reply':
      return replyJob(incidentId, effect.reply, id, now);
    case 'unblock_connector':
      return unblockJob(incidentId, effect.approvalId, now);
    case 'verify_unblock':
      return verifyJob(incidentId, 0, Math.min(now + SOON_MS, effect.verifyBy));
    case 'expire_approval':
      return expireJob(incidentId, effect.approvalId, effect.at);
    case 'break_glass_due':
      return breakGlassJob(incidentId, effect.breakGlassId, effect.at);
    case 'update_alert':
      return alertJob(incidentId, effect.alertId, now);
    case 'look_again':
      return reconcileJob(now + SOON_MS);
  }
}

function auditOf(incident: Incident, event: IncidentEvent | null, at: number) {
  const actor: Person | null = event !== null && 'by' in event ? event.by : null;
  const details = event === null ? { state: incident.state } : { ...event, state: incident.state };
  const action = event?.kind ?? 'opened';
  return { at, action, incidentId: incident.id, connectorId: incident.connector?.id ?? null, actor, details };
}

/** Of somebody who may not act at all. */
function attemptEntry(
  incidentId: string,
  verb: string,
  { tenantId, objectId, name }: Claimed,
  reason: string,
  at: number,
) {
  const actor = tenantId === null || objectId === null ? null : { tenantId, objectId, name };
  return { at, action: `${verb}_refused`, incidentId, connectorId: null, actor, details: { reason, name } };
}

function refusedEntry(incident: Incident, event: IncidentEvent, reason: string) {
  return {
    ...auditOf(incident, event, event.at),
    action: `${event.kind}_refused`,
    details: { reason, state: incident.state },
  };
}
