import assert from 'node:assert/strict';
import { transitions } from '../../../../src/incident/decide/transitions.ts';
import type { EventKind } from '../../../../src/incident/model/events.ts';
import { FINAL_STATES, type IncidentState, STATES } from '../../../../src/incident/model/incident.ts';

type Edge = { readonly from: IncidentState; readonly event: string; readonly to: IncidentState };

const BEGINNINGS: readonly IncidentState[] = ['alerted', 'restricted'];
const edges: readonly Edge[] = STATES.flatMap((from) =>
  Object.entries(transitions[from]).map(([event, to]) => ({ from, event, to })),
);

/** Returns every state reachable from the given states over the allowed edges. */
function reachable(from: readonly IncidentState[], allowed: (edge: Edge) => boolean = () => true): Set<IncidentState> {
  const reached = new Set(from);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const edge of edges) if (reached.has(edge.from) && allowed(edge)) reached.add(edge.to);
  }
  return reached;
}

const without =
  (...events: readonly EventKind[]) =>
  ({ event }: Edge) =>
    !events.some((it) => it === event);

/** For each kind of authorization, the event that begins it, the state in which it waits, and the event that completes it. */
const AUTHORIZATIONS = [
  { begin: 'approve', wait: 'awaiting_confirmation', last: 'confirm' },
  { begin: 'break_glass', wait: 'break_glass_waiting', last: 'break_glass_due' },
] as const;

describe('the graph of states', () => {
  it('enters unblocking by a confirmation or by the end of a break-glass wait, and by nothing else', () => {
    assert.deepEqual(
      edges.filter(({ from, to }) => to === 'unblocking' && from !== to),
      AUTHORIZATIONS.map(({ wait, last }) => ({ from: wait, event: last, to: 'unblocking' })),
    );
  });

  for (const { begin, wait, last } of AUTHORIZATIONS) {
    it(`waits for ${last} only after ${begin}, where nothing else is under way`, () => {
      assert.ok(!reachable(BEGINNINGS, without(begin)).has(wait));
      assert.deepEqual(
        edges.filter(({ from, to }) => to === wait && from !== to),
        ['restricted', 'unblock_failed'].map((from) => ({ from, event: begin, to: wait })),
      );
    });
  }

  it('has no way to unblocking without an approval and then a confirmation, or a break-glass act and then the end of its wait', () => {
    for (const [one, other] of [AUTHORIZATIONS, AUTHORIZATIONS.toReversed()] as const) {
      assert.ok(!reachable(BEGINNINGS, without(one.begin, other.begin)).has('unblocking'));
      assert.ok(!reachable(BEGINNINGS, without(one.begin, other.last)).has('unblocking'));
      assert.ok(!reachable(BEGINNINGS, without(one.last, other.last)).has('unblocking'));
    }
  });

  it('requires a new authorization after every way out of unblocking', () => {
    const left = edges.filter(({ from, to }) => from === 'unblocking' && to !== 'unblocking').map(({ to }) => to);
    assert.ok(left.length > 0);
    for (const [one, other] of [AUTHORIZATIONS, AUTHORIZATIONS.toReversed()] as const) {
      assert.ok(!reachable(left, without(one.begin, other.begin)).has('unblocking'));
      assert.ok(!reachable(left, without(one.begin, other.last)).has('unblocking'));
      assert.ok(!reachable(left, without(one.last, other.last)).has('unblocking'));
    }
  });

  it('does not verify before Exchange was called', () => {
    assert.ok(!reachable(BEGINNINGS, without('unblock_accepted', 'unblock_outcome_unknown')).has('verifying'));
    assert.ok(!reachable(BEGINNINGS, ({ to }) => to !== 'unblocking').has('verifying'));
  });

  it('calls Exchange only while unblocking', () => {
    assert.deepEqual(
      STATES.filter((state) => 'unblock_intended' in transitions[state]),
      ['unblocking'],
    );
  });

  it('changes no state for a reminder or an alert that is linked, moved or unlinked', () => {
    const quiet: readonly string[] = ['remind', 'alert_linked', 'alert_moved', 'unlink_alert'];
    assert.deepEqual(
      edges.filter(({ from, event, to }) => quiet.includes(event) && from !== to),
      [],
    );
  });

  it('can bring every open state to a final one without any person’s action', () => {
    const clicks = without(
      'approve',
      'confirm',
      'reject',
      'withdraw',
      'acknowledge',
      'keep_restricted',
      'break_glass',
      'stop_break_glass',
    );
    for (const state of STATES) {
      assert.ok(
        [...reachable([state], clicks)].some((it) => FINAL_STATES.has(it)),
        state,
      );
    }
  });

  it('has no way out of a final state', () => {
    assert.deepEqual(
      edges.filter(({ from, to }) => FINAL_STATES.has(from) && to !== from),
      [],
    );
  });

  it('reaches every state', () => {
    assert.deepEqual([...reachable(BEGINNINGS)].sort(), [...STATES].sort());
  });
});
