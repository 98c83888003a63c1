import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diff } from '../../../src/incident/diff.ts';
import { fingerprint } from '../../../src/incident/fingerprint.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { NEARNESS_MS } from '../../../src/incident/link.ts';
import type { Proposal } from '../../../src/incident/proposal.ts';
import { steps } from './arbitrary-observation.ts';
import { carryOut, type Diff, type Ledger, openOf, propose } from './ledger.ts';
import { settings } from './settings.ts';
import { type Look, live } from './timeline.ts';

/** A rule that holds for every read in any course of reads and clicks. */
const always = (rule: (look: Look) => void, diffIt: Diff = diff) =>
  fc.property(steps, (course) => {
    for (const look of live(diffIt, course)) rule(look);
  });

/** What a ledger says, without the ids that follow from the order in which incidents were opened. */
function contents({ incidents, alerts }: Ledger): unknown {
  const said = [...incidents.values()].map(({ id: _id, ...it }) => ({
    ...it,
    alerts: it.alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  const recorded = [...alerts].filter(([, owner]) => owner === null).map(([id]) => id);
  return { incidents: said.map((it) => JSON.stringify(it)).sort(), recorded: recorded.sort() };
}

const isRead = ({ ending }: Incident) =>
  ending === 'two_admins' || ending === 'elsewhere' || ending === 'connector_removed';

/** Incidents this read ended because their connector was not in it. */
const ended = ({ before, after }: Look): readonly Incident[] =>
  [...after.incidents.values()].filter((it) => isRead(it) && before.incidents.get(it.id)?.endedAt === null);

const eventsFor = (proposals: readonly Proposal[], incidentId: string) =>
  proposals.flatMap((it) => (it.kind === 'event' && it.incidentId === incidentId ? [it.event] : []));

const lists = ({ observation }: Look, { connector }: Incident) =>
  observation.blocked.items.some(({ id }) => id === connector?.id);

const RULES: Readonly<Record<string, (look: Look) => void>> = {
  'gives the same whatever the order of rows and alerts'({ step, observation, before, after, now }) {
    const reordered = { ...step.reordered, beganAt: observation.beganAt };
    assert.deepEqual(contents(carryOut(before, propose(diff, before, reordered, now))), contents(after));
  },

  'proposes nothing when the same read is compared again'({ observation, after, now }) {
    assert.deepEqual(propose(diff, after, observation, now), []);
  },

  'ends nothing when it is incomplete'(look) {
    if (!look.observation.blocked.complete) assert.deepEqual(ended(look), []);
  },

  'changes nothing in an incident that changed after it began'({ observation, before, proposals }) {
    for (const { id } of openOf(before).filter(({ changedAt }) => changedAt > observation.beganAt)) {
      assert.deepEqual(
        eventsFor(proposals, id).filter(({ kind }) => !kind.startsWith('alert_')),
        [],
      );
    }
  },

  'restricts nothing that ended after it began'({ observation, before, after }) {
    const over = [...before.incidents.values()].filter(({ endedAt }) => (endedAt ?? 0) > observation.beganAt);
    for (const { connector } of over) {
      const openBefore = openOf(before).some((it) => it.connector?.id === connector?.id);
      if (connector !== null && !openBefore) assert.ok(!openOf(after).some((it) => it.connector?.id === connector.id));
    }
  },

  'has an open incident for every connector it lists'({ observation, before, after }) {
    for (const { id } of observation.blocked.items) {
      const over = [...before.incidents.values()].some(
        ({ connector, endedAt }) => connector?.id === id && (endedAt ?? 0) > observation.beganAt,
      );
      if (!over)
        assert.ok(
          openOf(after).some(({ connector }) => connector?.id === id),
          id,
        );
    }
  },

  'links no alert to two incidents'({ after }) {
    const linked = [...after.incidents.values()].flatMap(({ alerts }) => alerts.map(({ id }) => id));
    assert.equal(new Set(linked).size, linked.length);
  },

  'loses no alert'({ observation, after }) {
    for (const { id } of observation.alerts) assert.ok(after.alerts.has(id), id);
  },

  'links no new alert to a restriction it neither names nor is near'({ observation, before, after }) {
    for (const alert of observation.alerts.filter(({ id }) => !before.alerts.has(id))) {
      const versions = observation.alerts.filter(({ id }) => id === alert.id);
      const owner = after.incidents.get(after.alerts.get(alert.id) ?? '');
      const link = owner?.alerts.find(({ id }) => id === alert.id)?.link;
      const began = [before.incidents.get(owner?.id ?? ''), owner].map(
        (it) => it?.connector?.restrictedSince ?? it?.openedAt,
      );
      const near = versions.some(({ createdAt }) => began.some((at) => Math.abs((at ?? 0) - createdAt) <= NEARNESS_MS));
      const named = versions.some(({ text }) => text !== '');
      if (owner?.connector != null) assert.ok(link === 'named' ? named : near, alert.id);
    }
  },

  'links by time alone at most one alert to an incident'({ after }) {
    for (const { alerts } of after.incidents.values()) {
      assert.ok(alerts.filter(({ link }) => link === 'nearness').length <= 1);
    }
  },

  'leaves no approval waiting for another configuration than it shows'({ before, after, observation }) {
    for (const { id, state, connector, approval, changedAt } of openOf(after)) {
      const seen = observation.blocked.items.some((row) => row.id === connector?.id);
      const settled = (before.incidents.get(id)?.changedAt ?? changedAt) <= observation.beganAt;
      if (state !== 'awaiting_confirmation' || !seen || !settled) continue;
      assert.equal(approval?.fingerprint, fingerprint(connector?.configuration ?? null), id);
    }
  },

  'shows the configuration it read'({ before, after, observation }) {
    for (const { id, connector } of openOf(after)) {
      const was = before.incidents.get(id);
      const row = observation.inbound.items.find((it) => it.id === connector?.id);
      const seen = observation.blocked.items.some((it) => it.id === connector?.id);
      if (was === undefined || was.changedAt > observation.beganAt || !seen || row === undefined) continue;
      assert.equal(connector?.match, 'guid');
      assert.deepEqual(connector?.configuration, row.configuration, id);
    }
  },
};

/** Replay and longer searches: see settings.ts. */
describe('every read', () => {
  for (const [title, rule] of Object.entries(RULES)) {
    it(title, () => fc.assert(always(rule), settings(300)));
  }

  it('ends an incident only when a complete read before it did not list the connector either', () => {
    fc.assert(
      fc.property(steps, (course) => {
        const looks: Look[] = [];
        for (const look of live(diff, course)) {
          for (const incident of ended(look)) {
            const settled = looks.filter(({ after }) => after.incidents.has(incident.id));
            const last = settled.findLast((it) => it.observation.blocked.complete || lists(it, incident));
            assert.ok(last !== undefined && !lists(last, incident), `${incident.id} ended on one read`);
            assert.ok(!lists(look, incident));
          }
          looks.push(look);
        }
      }),
      settings(300),
    );
  });
});
