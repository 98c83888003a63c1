import assert from 'node:assert/strict';
import { CONNECTOR, HOUR, MINUTE, play, restricted, T0 } from './history.ts';
import { alert, alerted, blocked, ended, kinds, NOW, OTHER_ID, run } from './readings.ts';

describe('assigning alerts to incidents', () => {
  it('opens one incident for a restriction and the alert that came with it', () => {
    const proposals = run({}, { blocked: [blocked()], alerts: [alert()] });
    assert.deepEqual(kinds(proposals), ['open restricted']);
    const [first] = proposals;
    assert.ok(first?.kind === 'open' && first.opened.incident.alerts[0]?.link === 'nearness');
  });

  it('prefers the connector the alert names over the nearest', () => {
    const near = { ...restricted(), id: 'near', connector: { ...CONNECTOR, id: OTHER_ID, name: 'Other relay' } };
    const far = { ...restricted(), connector: { ...CONNECTOR, restrictedSince: T0 - 5 * HOUR } };
    const [linked] = run(
      { open: [near, far] },
      {
        blocked: [blocked(), blocked({ id: OTHER_ID, name: 'Other relay' })],
        alerts: [alert({ text: `x ${CONNECTOR.id} y` })],
      },
    ).filter((it) => it.kind === 'event' && it.event.kind === 'alert_linked');
    assert.ok(linked?.kind === 'event' && linked.incidentId === far.id);
  });

  it('matches a name only as a whole word', () => {
    const far = { ...restricted(), connector: { ...CONNECTOR, name: 'Relay', restrictedSince: T0 - 5 * HOUR } };
    const seen = (text: string) =>
      kinds(
        run(
          { open: [far] },
          { blocked: [blocked({ name: 'Relay', since: T0 - 5 * HOUR })], inbound: [], alerts: [alert({ text })] },
        ),
      );
    assert.ok(seen('connector relay was restricted').includes('alert_linked'));
    assert.ok(seen('relay-tokyo was restricted').includes('open alerted'));
  });

  it('links nothing when two restrictions are equally near', () => {
    const second = { ...restricted(), id: 'second', connector: { ...CONNECTOR, id: OTHER_ID, name: 'Other' } };
    const proposals = run(
      { open: [restricted(), second] },
      { blocked: [blocked(), blocked({ id: OTHER_ID, name: 'Other' })], inbound: [], alerts: [alert()] },
    );
    assert.ok(kinds(proposals).includes('open alerted'));
  });

  it('opens an incident for an alert without a restricted connector', () => {
    assert.deepEqual(kinds(run({}, { alerts: [alert()] })), ['open alerted']);
  });

  it('turns an alerted incident into a restricted one when Exchange lists the connector', () => {
    const proposals = run(
      { open: [alerted()], alerts: new Map([['fa-alert-1', 'alerted-1']]) },
      { blocked: [blocked()], alerts: [alert()] },
    );
    assert.deepEqual(kinds(proposals), ['observed_restricted']);
  });

  it('lets an alerted incident lapse after 24 hours, or when the alert is resolved', () => {
    const old = { ...alerted(), openedAt: NOW - 24 * HOUR };
    assert.deepEqual(kinds(run({ open: [old] }, {})), ['alert_lapsed']);
    const resolved = run(
      { open: [alerted()], alerts: new Map([['fa-alert-1', 'alerted-1']]) },
      { alerts: [alert({ status: 'resolved' })] },
    );
    assert.deepEqual(kinds(resolved), ['alert_linked', 'alert_lapsed']);
  });

  it('links a late alert to the incident that has ended, without opening another', () => {
    const late = alert({ createdAt: NOW - MINUTE });
    assert.deepEqual(kinds(run({ ended: [ended(NOW - 2 * MINUTE)] }, { alerts: [late] })), ['alert_linked']);
  });

  it('does not link a new alert to an old incident of the same connector', () => {
    const fresh = alert({ createdAt: NOW, text: CONNECTOR.id });
    assert.deepEqual(kinds(run({ ended: [ended(NOW - 3 * HOUR)] }, { alerts: [fresh] })), ['open alerted']);
  });

  it('records old and resolved alerts of the first run without posting them', () => {
    const old = alert({ createdAt: NOW - 25 * HOUR });
    assert.deepEqual(kinds(run({ first: true }, { alerts: [old, alert({ id: 'b', status: 'resolved' })] })), [
      'record_alert',
      'record_alert',
    ]);
    assert.deepEqual(kinds(run({ first: true }, { alerts: [alert()] })), ['open alerted']);
  });

  it('handles an alert that is listed twice once, in its latest version', () => {
    const twice = [alert({ updatedAt: T0 + 2, status: 'inProgress' }), alert({ updatedAt: T0 + 1 })];
    const [first, ...others] = run({}, { alerts: twice });
    assert.deepEqual(others, []);
    assert.ok(first?.kind === 'open' && first.opened.incident.alerts[0]?.status === 'inProgress');
  });

  it('links one of two alerts near a restriction, the first to be raised, whichever is listed first', () => {
    const later = alert({ id: 'later', createdAt: T0 + 2 * MINUTE });
    for (const alerts of [
      [alert(), later],
      [later, alert()],
    ]) {
      const [linked, other] = run({ open: [restricted()] }, { blocked: [blocked()], alerts });
      assert.ok(
        linked?.kind === 'event' && linked.event.kind === 'alert_linked' && linked.event.alert.id === 'fa-alert-1',
      );
      assert.ok(other?.kind === 'open' && other.opened.incident.state === 'alerted');
    }
  });

  it('links an alert to the incident whose connector is found in the same reading', () => {
    const second = alert({ id: 'second', text: CONNECTOR.id });
    const proposals = run(
      { open: [alerted()], alerts: new Map([['fa-alert-1', 'alerted-1']]) },
      { blocked: [blocked()], alerts: [second] },
    );
    assert.deepEqual(kinds(proposals), ['observed_restricted', 'alert_linked']);
  });

  it('recognizes a connector by a name that first appears in this reading', () => {
    const nameless = { ...restricted(), connector: { ...CONNECTOR, name: null } };
    const proposals = run(
      { open: [nameless] },
      { blocked: [blocked()], alerts: [alert({ text: 'relay from osaka' })] },
    );
    assert.deepEqual(kinds(proposals), ['observed_restricted', 'alert_linked']);
  });

  it('leaves an alert that names another connector with the incident this reading ends', () => {
    const near = { ...alerted().alerts[0], link: 'nearness' } as const;
    const once = play(
      { ...restricted(), alerts: [{ ...alert(), ...near }] },
      { kind: 'observed_missing', at: NOW - 5, readSeq: NOW - 5 },
    );
    const other = { ...restricted(), id: 'other', connector: { ...CONNECTOR, id: OTHER_ID, name: 'Relay from Kyoto' } };
    const seen = {
      blocked: [blocked({ id: OTHER_ID, name: 'Relay from Kyoto' })],
      alerts: [alert({ text: OTHER_ID })],
    };
    const proposals = run(
      { open: [once, other], alerts: new Map([['fa-alert-1', 'incident-1']]) },
      { ...seen, inbound: [] },
    );
    assert.ok(kinds(proposals).includes('alert_linked'));
    assert.ok(!kinds(proposals).includes('alert_moved'));
  });

  it('links an alert without a connector to neither of two restrictions near it', () => {
    const rows = [blocked(), blocked({ id: OTHER_ID, name: 'Other relay' })];
    const known = { open: [alerted()], alerts: new Map([['fa-alert-1', 'alerted-1']]) };
    assert.deepEqual(kinds(run(known, { blocked: rows })), ['open restricted', 'open restricted']);
  });

  it('links an alert without a connector to no new restriction while an earlier one without an alert is equally near', () => {
    const known = { open: [alerted()], ended: [ended(NOW - MINUTE)], alerts: new Map([['fa-alert-1', 'alerted-1']]) };
    const again = { blocked: [blocked({ since: NOW })] };
    assert.deepEqual(kinds(run(known, again)), ['open restricted']);
    const [before] = known.ended;
    assert.ok(before);
    const withItsOwn = { ...known, ended: [{ ...before, alerts: alerted({ id: 'fa-alert-0' }).alerts }] };
    assert.deepEqual(kinds(run(withItsOwn, again)), ['observed_restricted']);
  });

  it('links an alert without a connector to no restriction that ended after the reading began', () => {
    const known = { open: [alerted()], ended: [ended(NOW + 1)], alerts: new Map([['fa-alert-1', 'alerted-1']]) };
    assert.deepEqual(run(known, { blocked: [blocked()] }), []);
  });

  it('links an alert to the open incident of its connector, even when an ended one was opened later', () => {
    const once = { ...ended(NOW - MINUTE), openedAt: T0 + MINUTE };
    const known = { open: [restricted()], ended: [once] };
    const [linked] = run(known, { blocked: [blocked()], alerts: [alert({ text: CONNECTOR.id })] });
    assert.ok(linked?.kind === 'event' && linked.incidentId === restricted().id);
  });
});
