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

/** Whether every path to `unblocking`, of any length, has these two events in this order. */
function onlyAfterBoth(first: EventKind, second: EventKind): boolean {
  const unapproved = reachable(BEGINNINGS, without(first));
  const entries = edges.filter(({ from, to }) => to === 'unblocking' && from !== 'unblocking');
  return entries.length > 0 && entries.every(({ from, event }) => event === second && !unapproved.has(from));
}

describe('the graph of states', () => {
  it('has no way to unblocking without an approval and then a confirmation', () => {
    assert.ok(onlyAfterBoth('approve', 'confirm'));
    assert.ok(!reachable(BEGINNINGS, without('approve')).has('unblocking'));
    assert.ok(!reachable(BEGINNINGS, without('confirm')).has('unblocking'));
  });

  it('requires a new approval after every way out of unblocking', () => {
    const left = edges.filter(({ from, to }) => from === 'unblocking' && to !== 'unblocking').map(({ to }) => to);
    assert.ok(left.length > 0);
    assert.ok(!reachable(left, without('approve')).has('unblocking'));
    assert.ok(!reachable(left, without('confirm')).has('unblocking'));
  });

  it('does not verify before Exchange was called', () => {
    assert.ok(!reachable(BEGINNINGS, without('unblock_accepted', 'unblock_outcome_unknown')).has('verifying'));
    assert.ok(!reachable(BEGINNINGS, ({ to }) => to !== 'unblocking').has('verifying'));
    assert.ok(!reachable(BEGINNINGS, ({ to }) => to !== 'break_glass_unblocking').has('break_glass_verifying'));
  });

  it('calls Exchange for one person only through a break-glass act and the end of its wait', () => {
    for (const event of ['break_glass', 'break_glass_due'] as const) {
      assert.ok(!reachable(BEGINNINGS, without(event)).has('break_glass_unblocking'), event);
    }
    const entries = edges.filter(({ from, to }) => to === 'break_glass_unblocking' && from !== to);
    assert.deepEqual(entries, [
      { from: 'break_glass_waiting', event: 'break_glass_due', to: 'break_glass_unblocking' },
    ]);
    const begun = edges.filter(({ from, to }) => to === 'break_glass_waiting' && from !== to);
    assert.deepEqual(
      begun.map(({ from, event }) => [from, event]),
      [
        ['restricted', 'break_glass'],
        ['unblock_failed', 'break_glass'],
      ],
    );
    const left = edges.filter(({ from, to }) => from === 'break_glass_unblocking' && to !== from).map(({ to }) => to);
    assert.ok(!reachable(left, without('break_glass')).has('break_glass_unblocking'));
  });

  it('calls Exchange only after two people or the end of that wait', () => {
    const asking = STATES.filter((state) => 'unblock_intended' in transitions[state]);
    assert.deepEqual(asking, ['unblocking', 'break_glass_unblocking']);
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
