import type { Proposal } from '../../../../src/incident/diff/proposal.ts';
import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import type { Incident } from '../../../../src/incident/model/incident.ts';
import type { Observation } from '../../../../src/incident/model/observation.ts';
import { decide } from '../decide.ts';
import { AOI, approve, BEN, CHIE, confirm, HOUR, T0 } from '../history.ts';
import type { Click, Step } from './arbitrary-observation.ts';
import { carryOut, type Diff, EMPTY, type Ledger, openOf, propose, withIncident } from './ledger.ts';

/** A reading that was compared and applied. */
export type Look = {
  readonly step: Step;
  readonly observation: Observation;
  /** The ledger before, the proposals of the comparison, and the ledger afterwards. */
  readonly before: Ledger;
  readonly proposals: readonly Proposal[];
  readonly after: Ledger;
  /** When the reading ended and was compared, ms. */
  readonly now: number;
};

/** Runs the steps one after another. Readings never overlap. */
export function* live(diff: Diff, steps: readonly Step[]): Generator<Look> {
  let ledger = EMPTY;
  let now = T0;
  for (const step of steps) {
    const beganAt = now + step.gap + 1;
    now = beganAt + step.took;
    const observation = { ...step.observation, seq: beganAt, beganAt };
    const before = clicked(clicked(ledger, step, beganAt - 1, false), step, now, true);
    const proposals = propose(diff, before, observation, now);
    const after = carryOut(before, proposals, now);
    yield { step, observation, before, proposals, after, now };
    ledger = after;
  }
}

function clicked(ledger: Ledger, { clicks }: Step, at: number, during: boolean): Ledger {
  let after = ledger;
  for (const it of clicks.filter((each) => each.during === during)) after = clickedOnce(after, it, at);
  return after;
}

function clickedOnce(ledger: Ledger, { on, by }: Click, at: number): Ledger {
  const incidents = openOf(ledger);
  const incident = incidents[on % Math.max(incidents.length, 1)];
  const event = incident === undefined ? null : nextStep(incident, at, by);
  if (incident === undefined || event === null) return ledger;
  const decision = decide(incident, event);
  return decision.kind === 'applied' ? withIncident(ledger, decision.incident, at) : ledger;
}

/** Returns an event that leads this incident on, or null. An event of a person who may not cause it is refused later. */
function nextStep(incident: Incident, at: number, by: number): IncidentEvent | null {
  const person = [AOI, BEN, CHIE][by] ?? AOI;
  const approvalId = incident.approval?.id ?? '';
  switch (incident.state) {
    case 'restricted':
    case 'unblock_failed':
      return approve(person, at, `${incident.id}-approval-${at}-${by}`);
    case 'awaiting_confirmation':
      return confirm(person, at, approvalId);
    case 'unblocking':
      return incident.unblockCall?.authorizationId === approvalId
        ? { kind: 'unblock_accepted', at, authorizationId: approvalId, requestId: null, verifyBy: at + HOUR }
        : { kind: 'unblock_intended', at, authorizationId: approvalId };
    default:
      return null;
  }
}
