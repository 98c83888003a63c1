import assert from 'node:assert/strict';
import { diff } from '../../../src/incident/diff/diff.ts';
import type { Known } from '../../../src/incident/diff/proposal.ts';
import { decide } from './decide.ts';
import { AOI, approve, awaiting, CONNECTOR, HOUR, MINUTE, play, refusalOf, restricted, T0 } from './history.ts';
import { blocked, ended, inbound, kinds, NOW, OTHER_ID, observe, run } from './readings.ts';

describe('comparing a reading with the open incidents', () => {
  it('opens an incident for a newly restricted connector, and links the previous one', () => {
    const [first] = run({ previous: new Map([[CONNECTOR.id, 'earlier']]) }, { blocked: [blocked()] });
    assert.ok(first?.kind === 'open');
    assert.equal(first.opened.incident.previousIncidentId, 'earlier');
    assert.deepEqual(first.opened.incident.connector, CONNECTOR);
  });

  it('opens nothing twice', () => {
    assert.deepEqual(run({ open: [restricted()] }, { blocked: [blocked()] }), []);
  });

  it('opens nothing for a restriction that ended after the reading began', () => {
    assert.deepEqual(run({ ended: [ended(NOW + 1)] }, { blocked: [blocked()] }), []);
    assert.deepEqual(kinds(run({ ended: [ended(NOW - 1)] }, { blocked: [blocked()] })), ['open restricted']);
  });

  it('ends a restriction only after two complete readings', () => {
    assert.deepEqual(kinds(run({ open: [restricted()] }, {})), ['observed_missing']);
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, {})), ['observed_clear']);
    assert.deepEqual(kinds(run({ open: [once] }, { beganAt: NOW - 5 })), [], 'the same read twice is one read');
  });

  it('restarts the count when the incident changes in between', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    const clicked = play(once, approve(AOI, NOW - 4, 'approval-1'));
    assert.deepEqual(kinds(run({ open: [clicked] }, {})), ['observed_missing']);
  });

  it('restarts the count when the connector is listed in between', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, { blocked: [blocked()] })), ['observed_restricted']);
  });

  it('ends nothing after an incomplete reading, but accepts what it lists', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    assert.deepEqual(run({ open: [once] }, { incomplete: true }), []);
    assert.deepEqual(kinds(run({}, { incomplete: true, blocked: [blocked()] })), ['open restricted']);
  });

  describe('with a row without an id', () => {
    const raw = '{"Foo":1}';
    const row = (name: string | null, more: object = {}) => ({ ...blocked(), id: 'unnamed:#1', name, raw, ...more });

    it('opens an incident of its own, once, and closes it when the row is gone', () => {
      const [first, ...more] = run({}, { blocked: [row(null)] });
      assert.ok(first?.kind === 'open' && more.length === 0);
      const { incident } = first.opened;
      assert.equal(incident.connector?.raw, raw);
      const open = { ...incident, openedSeq: NOW - 10, changedSeq: NOW - 10 };
      assert.deepEqual(
        run({ open: [open] }, { blocked: [row(null, { raw: '{"Foo":2}' })] }),
        [],
        'a count in it is no news',
      );
      assert.deepEqual(kinds(run({ open: [open] }, {})), ['observed_missing']);
    });

    it('refuses an approval and break-glass for it', () => {
      const [first] = run({}, { blocked: [row('Relay')] });
      assert.ok(first?.kind === 'open');
      const { incident } = first.opened;
      assert.equal(refusalOf(decide(incident, approve(AOI, NOW + 1, 'approval-1'))), 'connector_without_id');
      const act = {
        kind: 'break_glass',
        at: NOW + 1,
        by: AOI,
        breakGlassId: 'b',
        actsAt: NOW + 9,
        reason: 'urgent',
      } as const;
      assert.equal(refusalOf(decide(incident, act)), 'connector_without_id');
    });

    it('concludes nothing about a connector that may be that row', () => {
      assert.deepEqual(kinds(run({ open: [restricted()] }, { blocked: [row(null)] })), ['open restricted']);
      assert.deepEqual(kinds(run({ open: [restricted()] }, { blocked: [row(CONNECTOR.name)] })), ['open restricted']);
    });

    it('still ends the incident of a connector with another name, or of one that was listed beside it', () => {
      assert.deepEqual(kinds(run({ open: [restricted()] }, { blocked: [row('Another')] })), [
        'observed_missing',
        'open restricted',
      ]);
      const [first] = run({}, { blocked: [row(null)] });
      assert.ok(first?.kind === 'open');
      const beside = { ...first.opened.incident, openedSeq: T0 - 1, changedSeq: T0 - 1 };
      assert.deepEqual(kinds(run({ open: [restricted(), beside] }, { blocked: [row(null)] })), ['observed_missing']);
    });
  });

  it('contains the last author of a change, where the audit log has it', () => {
    const change = (id: string, at: number, subject: string) =>
      ({ id, operation: 'Set-InboundConnector', by: 'chie@tenant.example', at, subjects: [subject] }) as const;
    const changes = [
      change('by-id', T0 - HOUR, CONNECTOR.id),
      change('by-name', T0 - MINUTE, 'relay from osaka'),
      change('of-another', T0, 'relay'),
    ];
    const seen = { ...observe({ blocked: [blocked()] }), changes };
    const nothing: Known = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
    const [first] = diff(nothing, seen, NOW, () => 'new-1');
    assert.ok(first?.kind === 'open');
    assert.equal(first.opened.incident.connector?.changedBy?.id, 'by-name');
    const [known] = diff({ ...nothing, open: [restricted()] }, seen, NOW, () => 'new-1');
    assert.ok(known?.kind === 'event' && known.event.kind === 'observed_restricted');
  });

  it('reports a connector as removed when it is in neither list', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, { inbound: [] })), ['connector_removed']);
  });

  it('reports a connector as lifted, not removed, when an incomplete list of connectors lacks it', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, { inbound: [], inboundIncomplete: true })), ['observed_clear']);
  });

  it('leaves alone an incident that changed after the reading began', () => {
    assert.deepEqual(run({ open: [{ ...restricted(), changedSeq: NOW + 1 }] }, {}), []);
  });

  it('voids a waiting approval when the configuration changes, and lists the changes', () => {
    const changed = inbound({ configuration: { ...CONNECTOR.configuration, SenderIPAddresses: ['198.51.100.7'] } });
    const [observed, voided] = run({ open: [awaiting()] }, { blocked: [blocked()], inbound: [changed] });
    assert.ok(voided?.kind === 'event' && voided.event.kind === 'approval_voided');
    assert.deepEqual(voided.event.cause, {
      kind: 'configuration_changed',
      changes: [{ property: 'SenderIPAddresses', before: ['192.0.2.10'], after: ['198.51.100.7'] }],
    });
    assert.ok(observed?.kind === 'event' && observed.event.kind === 'observed_restricted');
  });

  it('shows the changed configuration at once, so that the next approval is bound to it', () => {
    const changed = inbound({ configuration: { ...CONNECTOR.configuration, RequireTls: false } });
    const proposals = run({ open: [awaiting()] }, { blocked: [blocked()], inbound: [changed], beganAt: NOW - 1 });
    const after = play(awaiting(), ...proposals.flatMap((it) => (it.kind === 'event' ? [it.event] : [])));
    assert.equal(after.approval?.ending?.kind, 'voided');
    assert.equal(after.connector?.configuration?.RequireTls, false);
  });

  it('voids an approval of another configuration even when nothing changed since the last reading', () => {
    const configuration = { ...CONNECTOR.configuration, RequireTls: false };
    const noted = { ...awaiting(), connector: { ...CONNECTOR, configuration } };
    const seen = { blocked: [blocked()], inbound: [inbound({ configuration })] };
    assert.deepEqual(kinds(run({ open: [noted] }, seen)), ['approval_voided']);
  });

  it('does not void an approval because the same addresses come in another order', () => {
    const two = { SenderIPAddresses: ['a', 'b'] };
    const before = { ...restricted(), connector: { ...CONNECTOR, configuration: two } };
    const reordered = inbound({ configuration: { SenderIPAddresses: ['b', 'a'] } });
    const proposals = run({ open: [before] }, { blocked: [blocked()], inbound: [reordered] });
    assert.ok(!kinds(proposals).includes('approval_voided'));
  });

  it('matches by exact name when the ids differ, and matches neither of two with the same name', () => {
    const named = inbound({ id: OTHER_ID });
    const [one] = run({}, { blocked: [blocked()], inbound: [named] });
    assert.ok(one?.kind === 'open' && one.opened.incident.connector?.match === 'name');
    const [two] = run(
      {},
      { blocked: [blocked()], inbound: [named, inbound({ id: '00000000-0000-4000-8000-000000000000' })] },
    );
    assert.ok(two?.kind === 'open' && two.opened.incident.connector?.match === 'not_matched');
  });
});
