import assert from 'node:assert/strict';
import { diff } from '../../src/incident/diff.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Alert, BlockedConnector, InboundConnector, Observation } from '../../src/incident/observation.ts';
import { open } from '../../src/incident/open.ts';
import type { Known, Proposal } from '../../src/incident/proposal.ts';
import { awaiting, CONNECTOR, HOUR, MINUTE, play, restricted, T0 } from './history.ts';

const NOW = T0 + 10 * MINUTE;
const OTHER_ID = 'ac4d5ab0-6637-4e91-8d47-f5c2e95c71d9';

const blocked = (over: Partial<BlockedConnector> = {}): BlockedConnector => ({
  id: CONNECTOR.id,
  name: CONNECTOR.name,
  reason: CONNECTOR.restrictionReason,
  since: CONNECTOR.restrictedSince,
  until: null,
  ...over,
});

const inbound = (over: Partial<InboundConnector> = {}): InboundConnector => ({
  id: CONNECTOR.id,
  name: CONNECTOR.name ?? '',
  enabled: true,
  type: 'OnPremises',
  createdAt: CONNECTOR.createdAt,
  changedAt: CONNECTOR.changedAt,
  configuration: CONNECTOR.configuration ?? {},
  ...over,
});

const alert = (over: Partial<Alert> = {}): Alert => ({
  id: 'fa-alert-1',
  title: 'Suspicious connector activity',
  status: 'new',
  severity: 'high',
  webUrl: null,
  createdAt: T0 + MINUTE,
  updatedAt: T0 + MINUTE,
  text: '',
  ...over,
});

type Seen = {
  blocked?: BlockedConnector[];
  inbound?: InboundConnector[];
  alerts?: Alert[];
  incomplete?: boolean;
  beganAt?: number;
};

function observe({
  blocked: rows = [],
  inbound: connectors = [inbound()],
  alerts = [],
  incomplete = false,
  beganAt = NOW,
}: Seen): Observation {
  const why = incomplete ? 'there is more than was returned' : null;
  return {
    beganAt,
    blocked: { items: rows, complete: !incomplete, why },
    inbound: { items: connectors, complete: true, why: null },
    alerts,
  };
}

function run(known: Partial<Known>, seen: Seen): readonly Proposal[] {
  let ids = 0;
  const nothing: Known = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
  return diff({ ...nothing, ...known }, observe(seen), NOW, () => `new-${++ids}`);
}

const kinds = (proposals: readonly Proposal[]) =>
  proposals.map((it) =>
    it.kind === 'event' ? it.event.kind : it.kind === 'open' ? `open ${it.opened.incident.state}` : it.kind,
  );

const alerted = (over: Partial<Alert> = {}): Incident => {
  const it = alert(over);
  const linked = {
    id: it.id,
    title: it.title,
    status: it.status,
    severity: it.severity,
    webUrl: null,
    createdAt: it.createdAt,
    link: 'unlinked',
  } as const;
  return open({ id: 'alerted-1', at: T0, connector: null, alerts: [linked], previousIncidentId: null }).incident;
};

const ended = (endedAt: number): Incident => ({
  ...restricted(),
  id: 'ended-1',
  state: 'unblocked',
  endedAt,
  ending: 'two_admins',
});

describe('comparing a reading with the open incidents', () => {
  it('opens an incident for a connector that is newly restricted, naming the one before', () => {
    const [first] = run({ previous: new Map([[CONNECTOR.id, 'earlier']]) }, { blocked: [blocked()] });
    assert.ok(first?.kind === 'open');
    assert.equal(first.opened.incident.previousIncidentId, 'earlier');
    assert.deepEqual(first.opened.incident.connector, CONNECTOR);
  });

  it('opens nothing twice', () => {
    assert.deepEqual(run({ open: [restricted()] }, { blocked: [blocked()] }), []);
  });

  it('opens nothing for a restriction that ended after the read began', () => {
    assert.deepEqual(run({ ended: [ended(NOW + 1)] }, { blocked: [blocked()] }), []);
    assert.deepEqual(kinds(run({ ended: [ended(NOW - 1)] }, { blocked: [blocked()] })), ['open restricted']);
  });

  it('believes a restriction is gone only after two complete reads', () => {
    assert.deepEqual(kinds(run({ open: [restricted()] }, {})), ['observed_missing']);
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readBeganAt: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, {})), ['observed_clear']);
    assert.deepEqual(kinds(run({ open: [once] }, { beganAt: NOW - 5 })), [], 'the same read twice is one read');
  });

  it('starts counting again when the connector is listed in between', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readBeganAt: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, { blocked: [blocked()] })), ['observed_restricted']);
  });

  it('concludes nothing is gone from an incomplete read, yet believes what it lists', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readBeganAt: NOW - 5 });
    assert.deepEqual(run({ open: [once] }, { incomplete: true }), []);
    assert.deepEqual(kinds(run({}, { incomplete: true, blocked: [blocked()] })), ['open restricted']);
  });

  it('says who changed the connector last, where the audit log has it', () => {
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

  it('says a connector was removed when it is in neither list', () => {
    const once = play(restricted(), { kind: 'observed_missing', at: NOW - 5, readBeganAt: NOW - 5 });
    assert.deepEqual(kinds(run({ open: [once] }, { inbound: [] })), ['connector_removed']);
  });

  it('leaves an incident alone that changed after the read began', () => {
    assert.deepEqual(run({ open: [{ ...restricted(), changedAt: NOW + 1 }] }, {}), []);
  });

  it('voids a waiting approval when the configuration changes, and says what changed', () => {
    const changed = inbound({ configuration: { ...CONNECTOR.configuration, SenderIPAddresses: ['198.51.100.7'] } });
    const [voided, observed] = run({ open: [awaiting()] }, { blocked: [blocked()], inbound: [changed] });
    assert.ok(voided?.kind === 'event' && voided.event.kind === 'approval_voided');
    assert.deepEqual(voided.event.cause, {
      kind: 'configuration_changed',
      changes: [{ property: 'SenderIPAddresses', before: ['192.0.2.10'], after: ['198.51.100.7'] }],
    });
    assert.ok(observed?.kind === 'event' && observed.event.kind === 'observed_restricted');
  });

  it('does not void an approval because the same addresses come in another order', () => {
    const two = { SenderIPAddresses: ['a', 'b'] };
    const before = { ...restricted(), connector: { ...CONNECTOR, configuration: two } };
    const reordered = inbound({ configuration: { SenderIPAddresses: ['b', 'a'] } });
    const proposals = run({ open: [before] }, { blocked: [blocked()], inbound: [reordered] });
    assert.ok(!kinds(proposals).includes('approval_voided'));
  });

  it('matches by exact name when the ids differ, and guesses nothing between two of a name', () => {
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

describe('giving alerts their incident', () => {
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

  it('takes a name only as a whole word', () => {
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

  it('guesses nothing between two restrictions that are as near', () => {
    const second = { ...restricted(), id: 'second', connector: { ...CONNECTOR, id: OTHER_ID, name: 'Other' } };
    const proposals = run(
      { open: [restricted(), second] },
      { blocked: [blocked(), blocked({ id: OTHER_ID, name: 'Other' })], inbound: [], alerts: [alert()] },
    );
    assert.ok(kinds(proposals).includes('open alerted'));
  });

  it('tells the channel of an alert without a restricted connector', () => {
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

  it('does not take a new alert for an old incident of the same connector', () => {
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
});
