import assert from 'node:assert/strict';
import type { decide } from '../../../src/incident/decide.ts';
import type { EventKind, IncidentEvent } from '../../../src/incident/events.ts';
import type { Incident, IncidentState } from '../../../src/incident/incident.ts';
import { open } from '../../../src/incident/open.ts';
import { CONNECTOR, T0 } from '../history.ts';
import { eventOf, type Move } from './arbitrary-move.ts';
import { type Asked, type Facts, judge, stateOf, who } from './model.ts';

export type Decide = typeof decide;
type Decision = ReturnType<Decide>;

/** An incident beside the facts the model holds of it, and what led there. */
export type Story = {
  readonly incident: Incident;
  readonly facts: Facts;
  readonly at: number;
  /** Ids of the approvals that counted, in order. */
  readonly approvals: readonly string[];
  readonly events: readonly IncidentEvent[];
  /** Approval ids for which an unblock was asked for. */
  readonly unblocks: readonly string[];
};

const ASKED: ReadonlySet<string> = new Set<Asked>([
  'unblock_connector',
  'expire_approval',
  'verify_unblock',
  'look_again',
]);

/** The beginning of a story: an incident of a connector, or of an alert alone. */
export function begin(known: boolean, id = 'incident-1', connectorId = CONNECTOR.id): Story {
  const connector = known ? { ...CONNECTOR, id: connectorId } : null;
  const { incident } = open({ id, at: T0, connector, alerts: [], previousIncidentId: null });
  const facts: Facts = {
    connector,
    approval: null,
    call: null,
    ending: null,
    lastChange: T0,
    missingSince: null,
    acknowledgedBy: [],
    lastKeep: null,
    alerts: new Map(),
  };
  return { incident, facts, at: T0, approvals: [], events: [], unblocks: [] };
}

/** The event a move amounts to now; `salt` tells apart the approvals of moves that are made at once. */
export function nextEvent(story: Story, move: Move, salt = ''): IncidentEvent {
  const { approvals, events, facts, incident } = story;
  const newApproval = `${incident.id}-approval-${events.length}${salt}`;
  const connectorId = incident.connector?.id ?? CONNECTOR.id;
  return eventOf(move, { at: story.at + move.after, state: stateOf(facts), approvals, newApproval, connectorId });
}

/** Plays one event to the product and to the model, and fails where they differ or a promise is broken. */
function follow(decide: Decide, story: Story, event: IncidentEvent): Story {
  const decision = decide(story.incident, event);
  const judgement = judge(story.facts, event);
  const told = `${event.kind} when ${story.incident.state}`;
  assert.equal(decision.kind, judgement.kind, told);
  const events = [...story.events, event];
  if (decision.kind === 'refused' && judgement.kind === 'refused') {
    assert.equal(decision.refusal.reason, judgement.reason, told);
  }
  if (decision.kind === 'repeated') assert.deepEqual(decision.incident, story.incident, told);
  if (decision.kind !== 'applied' || judgement.kind !== 'applied') return { ...story, at: event.at, events };
  const { incident } = decision;
  assertSame(incident, judgement.facts, told);
  assertPromises(story, event, decision);
  const asks = decision.effects.map(({ kind }) => kind).filter((kind) => ASKED.has(kind));
  assert.deepEqual(asks, judgement.asks, `what ${told} asks for`);
  const approvals = event.kind === 'approve' ? [...story.approvals, event.approvalId] : story.approvals;
  const unblocks = [...story.unblocks, ...unblocksIn(decision)];
  return { incident, facts: judgement.facts, at: event.at, approvals, events, unblocks };
}

/** Plays moves one after another; `seen` is told of each event that counted and of the state it led to. */
export function play(
  decide: Decide,
  beginning: Story,
  moves: readonly Move[],
  seen: (kind: EventKind, state: IncidentState) => void = () => {},
): Story {
  return moves.reduce((story, move) => {
    const event = nextEvent(story, move);
    const after = follow(decide, story, event);
    if (after.incident !== story.incident) seen(event.kind, after.incident.state);
    return after;
  }, beginning);
}

function unblocksIn(decision: Decision): readonly string[] {
  if (decision.kind !== 'applied') return [];
  return decision.effects.flatMap((effect) => (effect.kind === 'unblock_connector' ? [effect.approvalId] : []));
}

/** What the incident says is what the model knows. */
function assertSame(incident: Incident, facts: Facts, told: string): void {
  const { approval, unblockCall, alerts, remarks } = incident;
  assert.equal(incident.state, stateOf(facts), told);
  assert.equal(incident.ending, facts.ending, told);
  assert.equal(incident.endedAt !== null, facts.ending !== null, told);
  assert.equal(incident.missingSince, facts.missingSince, told);
  assert.deepEqual(incident.connector?.configuration, facts.connector?.configuration, told);
  assert.equal(approval?.id, facts.approval?.id, told);
  assert.equal(approval === null ? undefined : who(approval.approver), facts.approval?.approver, told);
  assert.equal(
    approval?.confirmer === null || approval === null ? null : who(approval.confirmer),
    facts.approval?.confirmer ?? null,
    told,
  );
  const how = facts.approval?.over?.how ?? (facts.approval?.confirmer == null ? undefined : 'confirmed');
  assert.equal(approval?.ending?.kind, how, told);
  assert.deepEqual(
    [unblockCall?.approvalId, unblockCall?.outcome],
    [facts.call?.approvalId, facts.call?.outcome],
    told,
  );
  assert.deepEqual(alerts.map(({ id }) => id).sort(), [...facts.alerts.keys()].sort(), told);
  const acknowledged = remarks.filter(({ kind }) => kind === 'acknowledge').map(({ by }) => who(by));
  assert.deepEqual(acknowledged, facts.acknowledgedBy, told);
}

/** What holds whatever the model says. */
function assertPromises(story: Story, event: IncidentEvent, decision: Extract<Decision, { kind: 'applied' }>): void {
  const before = story.incident.state;
  const after = decision.incident.state;
  const told = `${event.kind}: ${before} to ${after}`;
  if (before === 'unblocked' || before === 'closed') assert.equal(after, before, told);
  const asksForCard = decision.effects.some(({ kind }) => kind === 'update_card');
  if (after !== before) assert.ok(asksForCard, `${told} asks for no card`);
  for (const approvalId of unblocksIn(decision)) {
    assert.ok(!story.unblocks.includes(approvalId), `${told} asks for a second unblock`);
    assert.equal(after, 'unblocking', told);
  }
  if (after === 'unblocking' && before !== 'unblocking') assertTwoPeople(story, event, decision.incident);
}

/** Two people said yes to one approval of one configuration, and both are in the history. */
function assertTwoPeople(story: Story, event: IncidentEvent, { approval, connector }: Incident): void {
  assert.ok(event.kind === 'confirm', `${event.kind} leads to unblocking`);
  const approve = story.events.find((it) => it.kind === 'approve' && it.approvalId === event.approvalId);
  assert.ok(approve?.kind === 'approve', 'nobody approved');
  assert.notEqual(approve.by.objectId.toLowerCase(), event.by.objectId.toLowerCase(), 'one person did both');
  assert.equal(approval?.id, event.approvalId);
  const shown = Object.entries(connector?.configuration ?? {}).map(([key, value]) => [key, [value].flat().sort()]);
  const bound: unknown = JSON.parse(approval.fingerprint ?? '[]');
  assert.ok(Array.isArray(bound));
  const settings = new Map(bound.map(([key, value]: [string, unknown]) => [key, [value].flat().sort()]));
  assert.deepEqual(settings, new Map(shown.map(([key, value]) => [key, value])), 'the configuration is another');
}
