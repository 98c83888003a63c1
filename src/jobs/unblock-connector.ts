import { UpstreamError } from '../errors.ts';
import type { Approval, Person, VoidCause } from '../incident/approval.ts';
import { changes, configurationOf, fingerprint } from '../incident/fingerprint.ts';
import type { Incident } from '../incident/incident.ts';
import { restrictedConnector } from '../incident/match.ts';
import type { BlockedConnector, InboundConnector, Reading } from '../incident/observation.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import type { Workflow } from '../workflow.ts';
import type { Wording } from './ports.ts';
import type { Again } from './run-job.ts';

export type UnblockDependencies = {
  readonly db: Db;
  readonly workflow: Workflow;
  readonly checkEligible: (objectId: string) => Promise<{ readonly eligible: boolean }>;
  readonly listBlocked: () => Promise<Reading<BlockedConnector>>;
  readonly listInbound: () => Promise<Reading<InboundConnector>>;
  readonly unblock: (request: {
    connectorId: string;
    reason: string;
  }) => Promise<{ readonly requestId: string | null }>;
  readonly wording: Pick<Wording, 'unblockReason'>;
  readonly clock: () => number;
  readonly verifyWithinMs: number;
  /** How long after the confirmation the two people's agreement may still be carried out. */
  readonly actWithinMs: number;
  readonly log: Log;
};

const LOOK_AGAIN_MS = 5_000;

/**
 * Carries out what two people agreed: checks both and the connector again, commits the intention, asks Exchange once.
 * A call that may have been made is never made again.
 */
export async function unblockConnector(
  deps: UnblockDependencies,
  incidentId: string,
  approvalId: string,
): Promise<Again> {
  const incident = await readIncident(deps.db, incidentId);
  if (incident?.state !== 'unblocking' || incident.approval?.id !== approvalId) return undefined;
  const { approval, connector } = incident;
  if (incident.unblockCall?.approvalId === approvalId) {
    return unknown(deps, incidentId, approvalId, 'the service stopped before Exchange answered');
  }
  if (connector === null) return undefined;
  const check = await recheck(deps, incident, approval);
  if (check.kind === 'wait') {
    deps.log.warn({ incidentId, why: check.words }, 'the unblock waits');
    await deps.workflow.requestReconcile(deps.clock());
    return { runAt: deps.clock() + LOOK_AGAIN_MS };
  }
  if (check.kind === 'void') {
    await deps.workflow.apply(incidentId, {
      kind: 'approval_voided',
      at: deps.clock(),
      approvalId,
      cause: check.cause,
    });
    return undefined;
  }
  const intended = await deps.workflow.apply(incidentId, { kind: 'unblock_intended', at: deps.clock(), approvalId });
  if (intended.kind !== 'applied') return undefined;
  return ask(deps, intended.incident, approvalId, connector.id);
}

type Check =
  | { readonly kind: 'go' }
  | { readonly kind: 'void'; readonly cause: VoidCause }
  /** What must be known is not known yet; the words say why. */
  | { readonly kind: 'wait'; readonly words: string };

async function recheck(deps: UnblockDependencies, incident: Incident, approval: Approval): Promise<Check> {
  const check = await tryRecheck(deps, incident, approval);
  const waited = deps.clock() - (approval.confirmedAt ?? 0);
  if (check.kind !== 'wait' || waited < deps.actWithinMs) return check;
  return { kind: 'void', cause: { kind: 'could_not_recheck', words: check.words } };
}

async function tryRecheck(deps: UnblockDependencies, incident: Incident, approval: Approval): Promise<Check> {
  try {
    const connector = await configurationCheck(deps, incident, approval);
    if (connector.kind !== 'go') return connector;
    return (await notEligible(deps, approval)) ?? connector;
  } catch (error) {
    const waited = deps.clock() - (approval.confirmedAt ?? 0);
    if (!(error instanceof UpstreamError) || waited < deps.actWithinMs) throw error;
    return { kind: 'wait', words: error.message };
  }
}

async function notEligible({ checkEligible }: UnblockDependencies, approval: Approval): Promise<Check | null> {
  const people: readonly (readonly ['approver' | 'confirmer', Person | null])[] = [
    ['approver', approval.approver],
    ['confirmer', approval.confirmer],
  ];
  const checks = people.map(async ([who, person]) => {
    const { eligible } = person === null ? { eligible: false } : await checkEligible(person.objectId);
    return eligible ? [] : [{ kind: 'not_eligible', who, name: person?.name ?? '' } as const];
  });
  const [cause] = (await Promise.all(checks)).flat();
  return cause === undefined ? null : { kind: 'void', cause };
}

async function configurationCheck(deps: UnblockDependencies, incident: Incident, approval: Approval): Promise<Check> {
  const [blocked, inbound] = await Promise.all([deps.listBlocked(), deps.listInbound()]);
  const row = blocked.items.find(({ id }) => id === incident.connector?.id);
  if (row === undefined)
    return { kind: 'wait', words: blocked.why ?? 'Exchange does not list the connector as restricted now' };
  const live = restrictedConnector(row, inbound);
  if (live.match === 'unreadable' && approval.fingerprint !== null) {
    return { kind: 'wait', words: inbound.why ?? 'the inbound connectors could not be read' };
  }
  if (fingerprint(live.configuration) === approval.fingerprint) return { kind: 'go' };
  const differing = changes(configurationOf(approval.fingerprint), live.configuration);
  return { kind: 'void', cause: { kind: 'configuration_changed', changes: differing } };
}

async function ask(
  deps: UnblockDependencies,
  incident: Incident,
  approvalId: string,
  connectorId: string,
): Promise<Again> {
  const { workflow, clock, wording, verifyWithinMs } = deps;
  try {
    const { requestId } = await deps.unblock({ connectorId, reason: wording.unblockReason(incident) });
    const verifyBy = clock() + verifyWithinMs;
    await workflow.apply(incident.id, { kind: 'unblock_accepted', at: clock(), approvalId, requestId, verifyBy });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { effect, words, requestId = null } = error.details;
    deps.log.error(
      { incidentId: incident.id, upstream: error.message, requestId, effect },
      'Exchange did not accept the unblock',
    );
    if (effect === 'unknown') return unknown(deps, incident.id, approvalId, words, requestId);
    await workflow.apply(incident.id, { kind: 'unblock_refused', at: clock(), approvalId, words, requestId });
  }
  return undefined;
}

async function unknown(
  deps: UnblockDependencies,
  incidentId: string,
  approvalId: string,
  words: string,
  requestId: string | null = null,
): Promise<Again> {
  const at = deps.clock();
  const verifyBy = at + deps.verifyWithinMs;
  await deps.workflow.apply(incidentId, {
    kind: 'unblock_outcome_unknown',
    at,
    approvalId,
    words,
    requestId,
    verifyBy,
  });
  return undefined;
}
