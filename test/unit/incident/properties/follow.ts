import assert from 'node:assert/strict';
import { open } from '../../../../src/incident/diff/open.ts';
import type { EventKind, IncidentEvent } from '../../../../src/incident/model/events.ts';
import type { Incident, IncidentState } from '../../../../src/incident/model/incident.ts';
import type { decide } from '../decide.ts';
import { CONNECTOR, T0 } from '../history.ts';
import { eventOf, type Move } from './arbitrary-move.ts';
import { type Asked, type Facts, stateOf, who } from './facts.ts';
import { judge } from './model.ts';

export type Decide = typeof decide;
type Decision = ReturnType<Decide>;

/** An incident, the model's facts about it, and the history that led to them. */
export type Story = {
  readonly incident: Incident;
  readonly facts: Facts;
  readonly at: number;
  /** The ids of applied approvals, in order. */
  readonly approvals: readonly string[];
  /** The ids of applied break-glass acts, in order. */
  readonly acts: readonly string[];
  readonly events: readonly IncidentEvent[];
  /** The ids of approvals for which an unblock was requested. */
  readonly unblocks: readonly string[];
};

const ASKED: ReadonlySet<string> = new Set<Asked>([
  'unblock_connector',
  'expire_approval',
  'break_glass_due',
  'verify_unblock',
  'reconcile',
]);

/** Begins a story with the incident of a connector, or of an alert alone. */
export function begin(known: boolean, id = 'incident-1', connectorId = CONNECTOR.id): Story {
  const connector = known ? { ...CONNECTOR, id: connectorId } : null;
  const { incident } = open({ id, seq: T0, at: T0, connector, alerts: [], previousIncidentId: null });
  const facts: Facts = {
    connector,
    approval: null,
    acts: [],
    way: null,
    call: null,
    ending: null,
    lastChange: T0,
    stirredAt: T0,
    reminders: 0,
    missingSince: null,
    acknowledgedBy: [],
    questions: [],
    lastKeep: null,
    alerts: new Map(),
    unlinked: new Set(),
    readings: new Map(),
    revision: 0,
    stateRevision: 0,
    drawn: [{ revision: 0, configuration: connector?.configuration ?? null }],
  };
  return { incident, facts, at: T0, approvals: [], acts: [], events: [], unblocks: [] };
}

/** Converts a move to the next event. `salt` distinguishes the approvals of moves made at the same time. */
export function nextEvent(story: Story, move: Move, salt = ''): IncidentEvent {
  const { approvals, acts, events, facts, incident } = story;
  const newApproval = `${incident.id}-approval-${events.length}${salt}`;
  const connectorId = incident.connector?.id ?? CONNECTOR.id;
  const lastBegun = (facts.way === 'break_glass' ? acts : approvals).at(-1);
  const now = { at: story.at + move.after, state: stateOf(facts), revision: incident.revision };
  return eventOf(move, { ...now, approvals, acts, lastBegun, newApproval, connectorId });
}

/** Applies one event to the product and to the model, and fails when they differ or an invariant is violated. */
function follow(decide: Decide, story: Story, event: IncidentEvent): Story {
  const revision = story.events.length + 1;
  const before = { ...story.incident, revision };
  const decision = decide(before, event);
  const judgement = judge({ ...story.facts, revision }, event);
  const label = `${event.kind} when ${story.incident.state}`;
  assert.equal(decision.kind, judgement.kind, label);
  const events = [...story.events, event];
  if (decision.kind === 'refused' && judgement.kind === 'refused') {
    assert.equal(decision.refusal.reason, judgement.reason, label);
  }
  if (decision.kind === 'repeated') assert.deepEqual(decision.incident, before, label);
  if (decision.kind !== 'applied' || judgement.kind !== 'applied') return { ...story, at: event.at, events };
  const { incident } = decision;
  assertSame(incident, judgement.facts, label);
  assertPromises(story, event, decision);
  const asks = decision.effects.map(({ kind }) => kind).filter((kind) => ASKED.has(kind));
  assert.deepEqual(asks, judgement.asks, `what ${label} asks for`);
  const approvals = event.kind === 'approve' ? [...story.approvals, event.approvalId] : story.approvals;
  const acts = event.kind === 'break_glass' ? [...story.acts, event.breakGlassId] : story.acts;
  const unblocks = [...story.unblocks, ...unblocksIn(decision)];
  return { incident, facts: judgement.facts, at: event.at, approvals, acts, events, unblocks };
}

/** Plays moves one after another. `seen` is called with each applied event and the state it led to. */
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
  return decision.effects.flatMap((effect) => (effect.kind === 'unblock_connector' ? [effect.authorizationId] : []));
}

/** Asserts that the incident agrees with the model's facts. */
function assertSame(incident: Incident, facts: Facts, label: string): void {
  const { approval, unblockCall, alerts, remarks } = incident;
  assert.equal(incident.state, stateOf(facts), label);
  assert.equal(incident.ending, facts.ending, label);
  assert.equal(incident.endedAt !== null, facts.ending !== null, label);
  assert.equal(incident.missingSince, facts.missingSince, label);
  assert.deepEqual(incident.connector?.configuration, facts.connector?.configuration, label);
  assert.equal(approval?.id, facts.approval?.id, label);
  assert.equal(approval === null ? undefined : who(approval.approver), facts.approval?.approver, label);
  assert.equal(
    approval?.confirmer === null || approval === null ? null : who(approval.confirmer),
    facts.approval?.confirmer ?? null,
    label,
  );
  const how = facts.approval?.over?.how ?? (facts.approval?.confirmer == null ? undefined : 'confirmed');
  assert.equal(approval?.ending?.kind, how, label);
  assert.deepEqual(
    [unblockCall?.authorizationId, unblockCall?.outcome],
    [facts.call?.authorizationId, facts.call?.outcome],
    label,
  );
  const done = incident.breakGlassActs.map(({ id, by, askedAt, ending, review }) =>
    [id, who(by), askedAt !== null, ending?.kind, review && who(review.by)].join(),
  );
  const known = facts.acts.map(({ id, by, asked, over, reviewer }) => [id, by, asked, over?.how, reviewer].join());
  assert.deepEqual(done, known, label);
  assert.equal(incident.reminders.length, facts.reminders, label);
  assert.deepEqual(new Set(incident.unlinkedAlerts?.map(({ id }) => id)), facts.unlinked, label);
  assert.deepEqual(alerts.map(({ id }) => id).sort(), [...facts.alerts.keys()].sort(), label);
  const acknowledged = remarks.filter(({ kind }) => kind === 'acknowledge').map(({ by }) => who(by));
  assert.deepEqual(acknowledged, facts.acknowledgedBy, label);
}

/** Asserts the invariants that hold independently of the model. */
function assertPromises(story: Story, event: IncidentEvent, decision: Extract<Decision, { kind: 'applied' }>): void {
  const before = story.incident.state;
  const after = decision.incident.state;
  const label = `${event.kind}: ${before} to ${after}`;
  if (before === 'unblocked' || before === 'closed') assert.equal(after, before, label);
  const asksForCard = decision.effects.some(({ kind }) => kind === 'update_card');
  if (after !== before) assert.ok(asksForCard, `${label} asks for no card`);
  for (const id of unblocksIn(decision)) {
    assert.ok(!story.unblocks.includes(id), `${label} asks for a second unblock`);
    assert.equal(after, 'unblocking', label);
  }
  if (event.kind === 'remind' || event.kind === 'unlink_alert') assert.equal(after, before, label);
  if (after === before) return;
  if (after === 'break_glass_waiting') assert.equal(event.kind, 'break_glass', `${event.kind} breaks the glass`);
  if (after === 'verifying') assert.equal(before, 'unblocking', label);
  if (after !== 'unblocking') return;
  if (event.kind === 'break_glass_due') assertBreakGlass(story, event);
  else assertTwoPeople(story, event, decision.incident);
}

/** Asserts that a call to Exchange on break-glass follows one person's act in this history and the end of its wait. */
function assertBreakGlass(story: Story, event: IncidentEvent<'break_glass_due'>): void {
  assert.equal(story.incident.state, 'break_glass_waiting');
  const begun = story.events.find((it) => it.kind === 'break_glass' && it.breakGlassId === event.breakGlassId);
  assert.ok(begun?.kind === 'break_glass', 'nobody broke the glass');
  assert.equal(begun.breakGlassId, story.acts.at(-1), 'another act is in force');
  assert.ok(event.at >= begun.actsAt, 'the wait is not over');
}

/** Asserts that two people agreed to one approval of one configuration, and that both are in the history. */
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
