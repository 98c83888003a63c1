import assert from 'node:assert/strict';
import { diff } from '../../../src/incident/diff/diff.ts';
import { open } from '../../../src/incident/diff/open.ts';
import type { Known } from '../../../src/incident/diff/proposal.ts';
import { alertsToReconsider, withTexts } from '../../../src/incident/diff/reconsider.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { LinkedAlert } from '../../../src/incident/model/linked-alert.ts';
import type { Alert, Observation } from '../../../src/incident/model/observation.ts';
import { decide } from './decide.ts';
import { BEN, CONNECTOR, effectsOf, HOUR, MINUTE, play, refusalOf, restricted, T0 } from './history.ts';
import { alert } from './readings.ts';

const NOW = T0 + 10 * MINUTE;
const OTHER = { ...CONNECTOR, id: 'ac4d5ab0-6637-4e91-8d47-f5c2e95c71d9', name: 'Relay from Kyoto' };

const linked = (over: Partial<LinkedAlert> = {}): LinkedAlert => {
  const { updatedAt: _updatedAt, text: _text, ...it } = alert();
  return { ...it, link: 'nearness', ...over };
};

const second = (): Incident => ({ ...restricted(), id: 'incident-2', connector: OTHER });
const alerted = (it: Partial<LinkedAlert> = {}): Incident => {
  const alerts = [linked({ link: 'unlinked', ...it })];
  return open({ id: 'alerted-1', seq: 0, at: T0, connector: null, alerts, previousIncidentId: null }).incident;
};

type World = { open?: Incident[]; ended?: Incident[]; alerts?: Alert[]; recordedAt?: number };

/** Returns the proposals of a reading with both connectors unchanged and with these alerts. */
function run({ open: incidents = [], ended = [], alerts = [], recordedAt }: World): readonly string[] {
  const connectors = [...incidents, ...ended].flatMap(({ connector, endedAt }) =>
    endedAt === null ? (connector ?? []) : [],
  );
  const blocked = connectors.map(({ id, name, restrictionReason, restrictedSince }) => {
    return { id, name, reason: restrictionReason, since: restrictedSince, until: null };
  });
  const asKnown = [CONNECTOR, OTHER].map((it) => connectors.find(({ id }) => id === it.id) ?? it);
  const inbound = asKnown.map(({ id, name, configuration, createdAt, changedAt }) => {
    return {
      id,
      name: name ?? '',
      enabled: true,
      type: 'OnPremises',
      createdAt,
      changedAt,
      configuration: configuration ?? {},
    };
  });
  const complete = { complete: true, reason: null };
  const observation: Observation = {
    seq: NOW,
    beganAt: NOW,
    blocked: { items: blocked, ...complete },
    inbound: { items: inbound, ...complete },
    alerts,
  };
  const owned = [...ended, ...incidents].flatMap(({ id, alerts: linked, unlinkedAlerts = [] }) =>
    [...linked, ...unlinkedAlerts].map((it) => [it.id, id] as const),
  );
  const recorded = recordedAt === undefined ? [] : alerts.map(({ id }) => [id, recordedAt] as const);
  const known: Known = {
    open: incidents,
    ended,
    previous: new Map(),
    alerts: new Map([...recorded.map(([id]) => [id, null] as const), ...owned]),
    recordedAt: new Map(recorded),
    first: false,
  };
  return diff(known, observation, NOW, () => 'new-1').map((it) => {
    if (it.kind === 'open') return `open ${it.opened.incident.state}`;
    if (it.kind === 'record_alert') return it.kind;
    const { event } = it;
    const by = event.kind === 'alert_linked' ? ` ${event.alert.link} ${event.alert.namedBy ?? ''}`.trimEnd() : '';
    const reason = event.kind === 'alert_lapsed' ? ` ${event.why}` : '';
    return `${it.incidentId} ${event.kind}${by}${reason}`;
  });
}

describe('linking an alert', () => {
  it('links it to every connector it names, with the matching text', () => {
    const seen = run({ open: [restricted(), second()], alerts: [alert({ text: `relay from osaka\n${OTHER.id}` })] });
    assert.deepEqual(seen.toSorted(), [
      'incident-1 alert_linked named Relay from Osaka',
      `incident-2 alert_linked named ${OTHER.id}`,
    ]);
  });

  it('never links it by time to one connector when it names another', () => {
    assert.deepEqual(run({ open: [restricted()], alerts: [alert({ text: 'relay from kyoto' })] }), ['open alerted']);
  });

  it('links it by a sender address that only one restricted connector has', () => {
    const kyoto = { ...second(), connector: { ...OTHER, configuration: { SenderIPAddresses: ['198.51.100.7'] } } };
    const seen = run({ open: [restricted(), kyoto], alerts: [alert({ text: 'sender ip 192.0.2.10' })] });
    assert.ok(seen.includes('incident-1 alert_linked named 192.0.2.10'), seen.join());
  });

  it('links it to the only near connector whose own alert is resolved, because Defender merges alerts', () => {
    const merged = { ...restricted(), alerts: [linked({ status: 'resolved' })] };
    const other = alert({ id: 'fa-merged', createdAt: T0 + 5 * MINUTE });
    assert.deepEqual(run({ open: [merged], alerts: [other] }), ['incident-1 alert_linked nearness']);
    const standing = { ...restricted(), alerts: [linked()] };
    assert.deepEqual(run({ open: [standing], alerts: [other] }), ['open alerted']);
  });

  it('follows an alert that is moved to another incident of Defender', () => {
    const it = { ...restricted(), alerts: [linked({ link: 'named', incidentId: '85' })] };
    assert.deepEqual(run({ open: [it], alerts: [alert({ incidentId: '91' })] }), ['incident-1 alert_linked named']);
    assert.deepEqual(run({ open: [it], alerts: [alert({ incidentId: '85' })] }), []);
  });
});

describe('an alert whose connector was uncertain', () => {
  const learnt = (incidents: Incident[], words: string) =>
    run({ open: incidents, alerts: alertsToReconsider(incidents).map((it) => withTexts(it, words)) });

  it('stays unchanged while there is no new information', () => {
    assert.deepEqual(learnt([{ ...restricted(), alerts: [linked()] }], ''), []);
  });

  it('is certain once it is known to name the connector', () => {
    const incidents = [{ ...restricted(), alerts: [linked()] }];
    assert.deepEqual(learnt(incidents, CONNECTOR.id), [`incident-1 alert_linked named ${CONNECTOR.id}`]);
  });

  it('moves to the connector it is known to name', () => {
    const incidents = [{ ...restricted(), alerts: [linked()] }, second()];
    assert.deepEqual(learnt(incidents, OTHER.id), [
      'incident-1 alert_moved',
      `incident-2 alert_linked named ${OTHER.id}`,
    ]);
  });

  it('moves from its own card, which is closed, to the connector’s card', () => {
    const incidents = [alerted({ createdAt: T0 - 5 * HOUR }), second()];
    assert.deepEqual(learnt(incidents, OTHER.id), [
      'alerted-1 alert_lapsed alert_moved',
      `incident-2 alert_linked named ${OTHER.id}`,
    ]);
  });

  it('is linked by its earlier text when the connector is listed later', () => {
    const far = alerted({ createdAt: T0 - 5 * HOUR, said: 'x\nrelay from osaka' });
    const observed = play(far, { kind: 'observed_restricted', at: NOW, readSeq: NOW, connector: CONNECTOR });
    assert.deepEqual(
      observed.alerts.map(({ link, namedBy }) => [link, namedBy]),
      [['named', 'Relay from Osaka']],
    );
  });

  it('is reported again when it is reopened after its incidents ended', () => {
    const over = play(alerted({ status: 'resolved' }), {
      kind: 'alert_lapsed',
      at: T0 + MINUTE,
      why: 'alert_resolved',
    });
    assert.deepEqual(run({ ended: [over], alerts: [alert()] }), ['open alerted']);
    assert.deepEqual(run({ ended: [over], alerts: [alert({ status: 'resolved' })] }), []);
  });

  it('updates the incident that was opened for it and not the one that ended', () => {
    const over = play(alerted({ status: 'resolved' }), {
      kind: 'alert_lapsed',
      at: T0 + MINUTE,
      why: 'alert_resolved',
    });
    const anew = { ...alerted(), id: 'alerted-2' };
    assert.deepEqual(run({ open: [anew], ended: [over], alerts: [alert()] }), []);
    assert.deepEqual(run({ open: [anew], ended: [over], alerts: [alert({ status: 'inProgress' })] }), [
      'alerted-2 alert_linked unlinked',
    ]);
  });

  it('belongs only to the open incident of the connector it names, even when an earlier one has ended', () => {
    const earlier: Incident = { ...restricted(), id: 'earlier', state: 'unblocked', endedAt: T0, ending: 'elsewhere' };
    assert.deepEqual(run({ open: [restricted()], ended: [earlier], alerts: [alert({ text: CONNECTOR.id })] }), [
      `incident-1 alert_linked named ${CONNECTOR.id}`,
    ]);
  });

  it('is reported when it was only recorded and is raised again, but not when it is read again', () => {
    assert.deepEqual(run({ alerts: [alert()], recordedAt: T0 }), ['open alerted']);
    assert.deepEqual(run({ alerts: [alert()], recordedAt: T0 + HOUR }), []);
  });
});

describe('unlinking an alert', () => {
  const near = () => ({ ...restricted(), alerts: [linked()] });
  const unlink = { kind: 'unlink_alert', at: NOW, by: BEN, alertId: 'fa-alert-1' } as const;

  it('removes it from the incident, redraws the card and assigns it again', () => {
    const decision = decide(near(), unlink);
    assert.deepEqual(
      effectsOf(decision).map(({ kind }) => kind),
      ['update_card', 'reconcile'],
    );
    assert.deepEqual(play(near(), unlink).alerts, []);
  });

  it('opens an incident for it, and never links it by time again', () => {
    const incident = play(near(), unlink);
    assert.deepEqual(run({ open: [incident], alerts: [...alertsToReconsider([incident])] }), ['open alerted']);
    const apart = alerted({ keepApart: true });
    assert.deepEqual(run({ open: [incident, apart], alerts: [...alertsToReconsider([incident, apart])] }), []);
    assert.deepEqual(run({ open: [play(near(), unlink), apart], alerts: [alert({ status: 'inProgress' })] }), [
      'alerted-1 alert_linked unlinked',
    ]);
  });

  it('outlasts a reading that had linked it by time before', () => {
    const incident = play(near(), unlink);
    const late = { kind: 'alert_linked', at: NOW + 1, alert: linked({ status: 'inProgress' }) } as const;
    assert.equal(decide(incident, late).kind, 'ignored');
    assert.equal(decide(incident, { ...late, alert: linked({ link: 'named' }) }).kind, 'applied');
  });

  it('leaves no job for it when the incident ends', () => {
    const over = decide(play(near(), unlink), { kind: 'observed_clear', at: NOW + 1, readSeq: NOW + 1 });
    assert.ok(!effectsOf(over).some(({ kind }) => kind === 'update_alert'));
  });

  it('still links it to a connector that it names', () => {
    const incident = play(near(), unlink);
    const words = alertsToReconsider([incident]).map((it) => withTexts(it, CONNECTOR.id));
    assert.deepEqual(run({ open: [incident], alerts: words }), [`incident-1 alert_linked named ${CONNECTOR.id}`]);
  });

  it('done twice counts once, and is refused for an alert that names the connector', () => {
    assert.equal(decide(play(near(), unlink), unlink).kind, 'repeated');
    const named = { ...restricted(), alerts: [linked({ link: 'named' })] };
    assert.equal(refusalOf(decide(named, unlink)), 'alert_not_linked_by_time');
    assert.equal(refusalOf(decide(near(), { ...unlink, alertId: 'fa-other' })), 'alert_not_linked_by_time');
  });
});
