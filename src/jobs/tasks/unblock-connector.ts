import { isRecorded } from '../../audit/authorization-record.ts';
import { type Authorization, authorizationOf, voided } from '../../incident/model/authorization.ts';
import { isDrill } from '../../incident/model/drill.ts';
import type { IncidentEvent } from '../../incident/model/events.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { brokenAt, type TrailBreak } from '../../incident/model/trail.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { readAuditHead } from '../../storage/audit.ts';
import type { Db } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import type { Renderer } from '../../teams/ports.ts';
import type { DrillExchange } from '../../workflow/drills.ts';
import { restoreGuards } from '../../workflow/restore-guards.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';
import { type RecheckDependencies, recheck } from './recheck.ts';

export type UnblockDependencies = RecheckDependencies & {
  readonly db: Db;
  readonly workflow: Workflow;
  readonly unblock: (request: {
    connectorId: string;
    reason: string;
  }) => Promise<{ readonly requestId: string | null; readonly notCalled: boolean }>;
  readonly renderer: Pick<Renderer, 'unblockReason'>;
  readonly verifyWithinMs: number;
  readonly newId: () => string;
  /** Returns the break in the audit trail, or null while the trail does not prevent an unblock. */
  readonly brokenTrail: (db: Db) => Promise<TrailBreak | null>;
  /** Replaces Exchange in a drill, so that a drill never reaches it. */
  readonly drillExchange: DrillExchange;
};

const RETRY_MS = 5_000;
/** The longest verification of a call that Exchange was too busy for, before people may decide again. */
const WATCH_BUSY_MS = 10 * 60_000;

/**
 * Carries out an unblock that two people agreed on, or a break-glass unblock after its wait: checks the people and the
 * connector again, commits the intention, and calls Exchange once. A call that may have been made is never repeated.
 */
export async function unblockConnector(
  dependencies: UnblockDependencies,
  incidentId: string,
  authorizationId: string,
): Promise<Reschedule> {
  const incident = await readIncident(dependencies.db, incidentId);
  const deps =
    incident !== null && isDrill(incident) ? { ...dependencies, ...dependencies.drillExchange } : dependencies;
  const authorization = incident === null ? null : authorizationOf(incident);
  if (incident === null || authorization?.id !== authorizationId) return undefined;
  if (incident.unblockCall?.authorizationId === authorizationId) {
    return unknown(deps, incidentId, { authorizationId, words: 'the service stopped before Exchange answered' });
  }
  if (incident.connector === null) return undefined;
  const check = await recheck(deps, incident, authorization);
  if (check.kind === 'wait') {
    deps.log.warn({ event: 'unblock_postponed', incidentId, reason: check.reason }, 'the unblock is postponed');
    await deps.workflow.requestReconcile(deps.clock());
    return { runAt: deps.clock() + RETRY_MS };
  }
  if (check.kind === 'void') {
    await deps.workflow.apply(incidentId, voided(authorization, deps.clock(), check.cause));
    // The configuration read here is newer than the one the next approver is shown, and would void that approval too.
    await deps.workflow.requestReconcile(deps.clock());
    return undefined;
  }
  // The recheck may wait for other systems for seconds, so the trail is checked after it.
  await restoreGuards(deps);
  const unprovenFrom = await unprovenSeq(deps, incident, authorization);
  if (unprovenFrom !== null) {
    // Another worker may have taken the job over, or a person ended the authorization, since the incident was read.
    const latest = await readIncident(deps.db, incidentId);
    if (latest?.revision !== incident.revision) return { runAt: deps.clock() + RETRY_MS };
    return refuse(deps, incidentId, authorization, unprovenFrom);
  }
  const intended = await deps.workflow.apply(incidentId, {
    kind: 'unblock_intended',
    at: deps.clock(),
    authorizationId,
  });
  // Another worker may have committed the intention first and stop before it records the outcome.
  if (intended.kind !== 'applied') return { runAt: deps.clock() + RETRY_MS };
  return callExchange(deps, intended.incident, authorizationId, incident.connector.id);
}

/** Returns the audit entry from which on the trail does not prove the authorization; null when it proves it. */
async function unprovenSeq(
  { db, brokenTrail }: UnblockDependencies,
  incident: Incident,
  authorization: Authorization,
): Promise<number | null> {
  const broken = await brokenTrail(db);
  if (broken !== null) return brokenAt(broken);
  return (await isRecorded(db, incident, authorization)) ? null : (await readAuditHead(db)).seq;
}

/**
 * Voids the authorization, because a broken trail does not prove who agreed. People must agree again once a person has
 * accepted the trail.
 */
async function refuse(
  { workflow, clock, log }: UnblockDependencies,
  incidentId: string,
  authorization: Authorization,
  seq: number,
): Promise<Reschedule> {
  log.error({ event: 'unblock_refused_by_trail', incidentId, seq }, 'nothing is unblocked: the audit trail is broken');
  await workflow.apply(incidentId, voided(authorization, clock(), { kind: 'audit_trail_broken', seq }));
  return undefined;
}

async function callExchange(
  deps: UnblockDependencies,
  incident: Incident,
  authorizationId: string,
  connectorId: string,
): Promise<Reschedule> {
  const { workflow, clock, renderer, verifyWithinMs } = deps;
  try {
    const { requestId, notCalled } = await deps.unblock({ connectorId, reason: renderer.unblockReason(incident) });
    const accepted = {
      authorizationId,
      requestId,
      verifyBy: clock() + verifyWithinMs,
      notCalled,
    };
    await workflow.apply(incident.id, { kind: 'unblock_accepted', at: clock(), ...accepted });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { effect, message, requestId = null } = error.details;
    deps.log.error(
      { event: 'unblock_not_accepted', incidentId: incident.id, ...error.logged, effect },
      'Exchange did not accept the unblock',
    );
    if (isBusy(error)) return unknown(deps, incident.id, { authorizationId, words: message, requestId, busy: true });
    if (effect === 'unknown') return unknown(deps, incident.id, { authorizationId, words: message, requestId });
    await workflow.apply(incident.id, {
      kind: 'unblock_refused',
      at: clock(),
      authorizationId,
      words: message,
      requestId,
    });
  }
  return undefined;
}

/**
 * Returns whether Exchange was too busy. It has most likely not run the cmdlet (inferred) but has not refused it either: a
 * reading decides, and the call is not repeated.
 */
function isBusy({ details: { service, failure } }: UpstreamError): boolean {
  return service === 'exchange' && failure === 'throttled';
}

async function unknown(
  { workflow, clock, verifyWithinMs }: UnblockDependencies,
  incidentId: string,
  call: Pick<IncidentEvent<'unblock_outcome_unknown'>, 'authorizationId' | 'words' | 'requestId' | 'busy'>,
): Promise<Reschedule> {
  const at = clock();
  const verifyBy = at + (call.busy ? Math.min(verifyWithinMs, WATCH_BUSY_MS) : verifyWithinMs);
  await workflow.apply(incidentId, { kind: 'unblock_outcome_unknown', at, verifyBy, requestId: null, ...call });
  return undefined;
}
