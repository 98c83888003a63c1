import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { diff } from '../../../../src/incident/diff/diff.ts';
import type { Proposal } from '../../../../src/incident/diff/proposal.ts';
import { fingerprint } from '../../../../src/incident/model/fingerprint.ts';
import type { Incident } from '../../../../src/incident/model/incident.ts';
import { LINK_WINDOW_MS } from '../../../../src/incident/model/link.ts';
import { steps } from './arbitrary-observation.ts';
import { carryOut, type Diff, type Ledger, openOf, propose } from './ledger.ts';
import { settings } from './settings.ts';
import { type Look, live } from './timeline.ts';

type Rule = (reading: Look, diffIt: Diff) => void;

/** A rule that holds for every reading in any series of readings and clicks. */
const always = (rule: Rule, diffIt: Diff = diff) =>
  fc.property(steps, (course) => {
    for (const reading of live(diffIt, course)) rule(reading, diffIt);
  });

/** Returns the contents of a ledger without the ids, which depend on the order in which incidents were opened. */
function contents({ incidents, alerts }: Ledger): unknown {
  const comparable = [...incidents.values()].map(({ id: _id, ...it }) => ({
    ...it,
    alerts: it.alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  const recorded = [...alerts].filter(([, owner]) => owner === null).map(([id]) => id);
  return { incidents: comparable.map((it) => JSON.stringify(it)).sort(), recorded: recorded.sort() };
}

const isRead = ({ ending }: Incident) =>
  ending === 'two_admins' || ending === 'earlier_call' || ending === 'elsewhere' || ending === 'connector_removed';

/** Returns the incidents this reading ended because it did not list their connector. */
const ended = ({ before, after }: Look): readonly Incident[] =>
  [...after.incidents.values()].filter((it) => isRead(it) && before.incidents.get(it.id)?.endedAt === null);

const eventsFor = (proposals: readonly Proposal[], incidentId: string) =>
  proposals.flatMap((it) => (it.kind === 'event' && it.incidentId === incidentId ? [it.event] : []));

const lists = ({ observation }: Look, { connector }: Incident) =>
  observation.blocked.items.some(({ id }) => id === connector?.id);

const RULES: Readonly<Record<string, Rule>> = {
  'gives the same whatever the order of rows and alerts'({ step, observation, before, after, now }, diffIt) {
    const reordered = { ...step.reordered, seq: observation.seq, beganAt: observation.beganAt };
    assert.deepEqual(contents(carryOut(before, propose(diffIt, before, reordered, now), now)), contents(after));
  },

  'proposes nothing when the same read is compared again'({ observation, after, now }, diffIt) {
    assert.deepEqual(propose(diffIt, after, observation, now), []);
  },

  'ends nothing when it is incomplete'(reading) {
    if (!reading.observation.blocked.complete) assert.deepEqual(ended(reading), []);
  },

  'changes nothing in an incident that changed after it began'({ observation, before, proposals }) {
    for (const { id } of openOf(before).filter(({ changedSeq }) => changedSeq > observation.seq)) {
      assert.deepEqual(
        eventsFor(proposals, id).filter(({ kind }) => !kind.startsWith('alert_')),
        [],
      );
    }
  },

  'restricts nothing that ended after it began'({ observation, after, now }, diffIt) {
    const over = [...after.incidents.values()].flatMap(({ endedAt, connector }) =>
      endedAt === now && connector !== null ? [connector] : [],
    );
    const rows = over.map(({ id, name, restrictedSince: since }) => ({ id, name, since, reason: null, until: null }));
    const late = { ...observation, seq: now - 1, blocked: { ...observation.blocked, items: rows }, alerts: [] };
    const reopened = openOf(carryOut(after, propose(diffIt, after, late, now), now));
    assert.deepEqual(
      reopened.filter(({ connector }) => over.some(({ id }) => id === connector?.id)),
      [],
    );
  },

  'has an open incident for every connector it lists'({ observation, before, after }) {
    for (const { id } of observation.blocked.items) {
      const over = [...before.incidents.values()].some(
        ({ connector, endedAt, changedSeq }) =>
          connector?.id === id && endedAt !== null && changedSeq > observation.seq,
      );
      if (!over)
        assert.ok(
          openOf(after).some(({ connector }) => connector?.id === id),
          id,
        );
    }
  },

  'links an alert to several connectors only where it names each of them'({ after }) {
    const links = openOf(after).flatMap(({ connector, alerts }) => (connector === null ? [] : alerts));
    for (const { id } of links) {
      const all = links.filter((it) => it.id === id);
      assert.ok(all.length === 1 || all.every(({ link }) => link === 'named'), id);
    }
  },

  'has no alert twice in one incident'({ after }) {
    for (const { alerts } of after.incidents.values()) {
      assert.equal(new Set(alerts.map(({ id }) => id)).size, alerts.length);
    }
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
      const near = versions.some(({ createdAt }) =>
        began.some((at) => Math.abs((at ?? 0) - createdAt) <= LINK_WINDOW_MS),
      );
      const named = versions.some(({ text }) => text !== '');
      if (owner?.connector != null) assert.ok(link === 'named' ? named : near, alert.id);
    }
  },

  'links by time alone no alert to an incident that another stands for'({ before, after }) {
    for (const { id, alerts } of after.incidents.values()) {
      const had = before.incidents.get(id)?.alerts.map((it) => it.id) ?? [];
      const near = alerts.filter((it) => it.link === 'nearness' && it.status !== 'resolved');
      const fresh = near.filter((it) => !had.includes(it.id));
      assert.ok(fresh.length <= 1, id);
    }
  },

  'leaves no approval waiting for another configuration than it shows'({ before, after, observation }) {
    for (const { id, state, connector, approval, changedSeq } of openOf(after)) {
      const seen = observation.blocked.items.some((row) => row.id === connector?.id);
      const settled = (before.incidents.get(id)?.changedSeq ?? changedSeq) <= observation.seq;
      if (state !== 'awaiting_confirmation' || !seen || !settled) continue;
      assert.equal(approval?.fingerprint, fingerprint(connector?.configuration ?? null), id);
    }
  },

  'shows the configuration it read'({ before, after, observation }) {
    for (const { id, connector } of openOf(after)) {
      const was = before.incidents.get(id);
      const row = observation.inbound.items.find((it) => it.id === connector?.id);
      const seen = observation.blocked.items.some((it) => it.id === connector?.id);
      if (was === undefined || was.changedSeq > observation.seq || !seen || row === undefined) continue;
      assert.equal(connector?.match, 'guid');
      assert.deepEqual(connector?.configuration, row.configuration, id);
    }
  },
};

/** Ending an incident takes two consecutive complete readings, whatever was clicked in between. */
function endsAfterTwoReads(course: Iterable<Look>): void {
  const readings: Look[] = [];
  for (const reading of course) {
    for (const incident of ended(reading)) {
      const earlier = readings.filter(({ after }) => after.incidents.has(incident.id));
      const last = earlier.findLast((it) => it.observation.blocked.complete || lists(it, incident));
      assert.ok(last !== undefined && !lists(last, incident), `${incident.id} ended on one read`);
      assert.ok(!lists(reading, incident), `${incident.id} ended while listed`);
    }
    readings.push(reading);
  }
}

const onlyAfterTwoReads = (diffIt: Diff) => fc.property(steps, (course) => endsAfterTwoReads(live(diffIt, course)));

/** The real comparison without one rule, and the property that must fail for it. */
const NAIVE: Readonly<
  Record<string, { readonly by: (diffIt: Diff) => ReturnType<typeof always>; readonly diff: Diff }>
> = {
  'ends an incident on one clear read': {
    by: onlyAfterTwoReads,
    diff: (known, observation, ...rest) => {
      const open = known.open.map((it) => ({ ...it, missingSince: observation.seq - 1 }));
      return diff({ ...known, open }, observation, ...rest);
    },
  },
  'takes an incomplete read for a complete one': {
    by: (diffIt) => always(need('ends nothing when it is incomplete'), diffIt),
    diff: (known, observation, ...rest) =>
      diff(known, { ...observation, blocked: { ...observation.blocked, complete: true } }, ...rest),
  },
  'believes old reads': {
    by: (diffIt) => always(need('changes nothing in an incident that changed after it began'), diffIt),
    diff: (known, ...rest) => diff({ ...known, open: known.open.map((it) => ({ ...it, changedSeq: 0 })) }, ...rest),
  },
  'restricts again what has just ended': {
    by: (diffIt) => always(need('restricts nothing that ended after it began'), diffIt),
    diff: (known, ...rest) => diff({ ...known, ended: [] }, ...rest),
  },
  'forgets which alerts it has seen': {
    by: (diffIt) => always(need('links an alert to several connectors only where it names each of them'), diffIt),
    diff: (known, ...rest) => diff({ ...known, alerts: new Map() }, ...rest),
  },
  'takes the rows as they come': {
    by: (diffIt) => always(need('gives the same whatever the order of rows and alerts'), diffIt),
    diff: (known, observation, ...rest) =>
      diff(
        known,
        { ...observation, blocked: { ...observation.blocked, items: observation.blocked.items.slice(0, 1) } },
        ...rest,
      ),
  },
  'has no alert without a connector': {
    by: (diffIt) => always(need('loses no alert'), diffIt),
    diff: (...all) => diff(...all).filter((it) => it.kind !== 'open' || it.opened.incident.connector !== null),
  },
};

function need(title: string): Rule {
  const rule = RULES[title];
  assert.ok(rule, title);
  return rule;
}

type Property = ReturnType<typeof always>;

/** For replays and longer searches see settings.ts. */
describe('every reading', () => {
  const run = { seed: randomInt(2 ** 31), ...settings(600) };
  /** The readings of each course, which is played once for all rules. */
  let courses: readonly (readonly Look[])[];

  /** Checks the courses that were played. When one fails, the property plays them again, to find the shortest and print its seed. */
  function assertAll(check: () => void, property: Property): void {
    try {
      check();
    } catch (error) {
      fc.assert(property, run);
      throw error;
    }
  }

  before(() => {
    const play = () => {
      courses = fc.sample(steps, run).map((course) => [...live(diff, course)]);
    };
    assertAll(
      play,
      always(() => {}),
    );
  });

  for (const [title, rule] of Object.entries(RULES)) {
    it(title, () => {
      const check = () => {
        for (const reading of courses.flat()) rule(reading, diff);
      };
      assertAll(check, always(rule));
    });
  }

  it('ends an incident only when the complete reading before it did not list the connector either', () => {
    assertAll(() => courses.forEach(endsAfterTwoReads), onlyAfterTwoReads(diff));
  });

  for (const [title, naive] of Object.entries(NAIVE)) {
    it(`catches a comparison that ${title}`, () => {
      const { failed, errorInstance } = fc.check(naive.by(naive.diff), { seed: 1, numRuns: 5000, endOnFailure: true });
      assert.ok(failed && errorInstance instanceof assert.AssertionError, 'no course of readings showed it');
    });
  }
});
