import { restrictedConnector } from '../../incident/diff/match.ts';
import type { VoidCause } from '../../incident/model/approval.ts';
import type { Authorization } from '../../incident/model/authorization.ts';
import { changes, configurationOf, fingerprint } from '../../incident/model/fingerprint.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { BlockedConnector, InboundConnector, Reading } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';

type CheckEligible = (objectId: string) => Promise<{ readonly eligible: boolean }>;

export type RecheckDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly checkEligible: CheckEligible;
  /** Checks membership of the emergency group; null when break-glass is off, so that nobody is eligible. */
  readonly checkEmergency: CheckEligible | null;
  readonly listBlocked: () => Promise<Reading<BlockedConnector>>;
  readonly listInbound: () => Promise<Reading<InboundConnector>>;
  /** How long after the confirmation, or the end of the break-glass wait, the unblock may still be carried out; ms. */
  readonly actWithinMs: number;
};

export type RecheckResult =
  | { readonly kind: 'go' }
  | { readonly kind: 'void'; readonly cause: VoidCause }
  /** A required reading is missing; `reason` says why. */
  | { readonly kind: 'wait'; readonly reason: string };

/**
 * Checks again, just before the unblock, that the people who authorized it are still eligible and that the connector is
 * configured as they were shown. An authorization older than `actWithinMs` is void, as after a long outage or a restored
 * backup.
 */
export async function recheck(
  deps: RecheckDependencies,
  incident: Incident,
  authorization: Authorization,
): Promise<RecheckResult> {
  const check = await tryRecheck(deps, incident, authorization);
  const waited = deps.clock() - authorization.since;
  if (check.kind === 'void' || waited < deps.actWithinMs) return check;
  const message =
    check.kind === 'wait' ? check.reason : `what was agreed is ${Math.round(waited / 60_000)} minutes old`;
  return { kind: 'void', cause: { kind: 'could_not_recheck', words: message } };
}

async function tryRecheck(
  deps: RecheckDependencies,
  incident: Incident,
  authorization: Authorization,
): Promise<RecheckResult> {
  try {
    const connector = await configurationCheck(deps, incident, authorization);
    if (connector.kind !== 'go') return connector;
    return (await notEligible(deps, authorization)) ?? connector;
  } catch (error) {
    const waited = deps.clock() - authorization.since;
    if (!(error instanceof UpstreamError) || waited < deps.actWithinMs) throw error;
    return { kind: 'wait', reason: error.message };
  }
}

async function notEligible(deps: RecheckDependencies, authorization: Authorization): Promise<RecheckResult | null> {
  const checks = peopleOf(deps, authorization).map(async ({ who, person, check }) => {
    const { eligible } = check === null ? { eligible: false } : await check(person.objectId);
    return eligible ? [] : [{ kind: 'not_eligible', who, name: person.name } as const];
  });
  const [cause] = (await Promise.all(checks)).flat();
  return cause === undefined ? null : { kind: 'void', cause };
}

function peopleOf({ checkEligible, checkEmergency }: RecheckDependencies, authorization: Authorization) {
  if (authorization.kind === 'break_glass')
    return [{ who: 'emergency', person: authorization.by, check: checkEmergency } as const];
  return [
    { who: 'approver', person: authorization.approver, check: checkEligible },
    { who: 'confirmer', person: authorization.confirmer, check: checkEligible },
  ] as const;
}

async function configurationCheck(
  deps: RecheckDependencies,
  incident: Incident,
  authorization: Authorization,
): Promise<RecheckResult> {
  const blocked = await deps.listBlocked();
  const inbound = await deps.listInbound();
  const row = blocked.items.find(({ id }) => id === incident.connector?.id);
  if (row === undefined)
    return { kind: 'wait', reason: blocked.reason ?? 'Exchange does not list the connector as restricted now' };
  const live = restrictedConnector(row, inbound);
  if (live.match === 'unreadable')
    return { kind: 'wait', reason: inbound.reason ?? 'the inbound connectors could not be read' };
  if (fingerprint(live.configuration) === authorization.fingerprint) return { kind: 'go' };
  const differing = changes(configurationOf(authorization.fingerprint), live.configuration);
  return { kind: 'void', cause: { kind: 'configuration_changed', changes: differing } };
}
