import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diff } from '../../../../src/incident/diff/diff.ts';
import { mergeKnown, restrictedConnector } from '../../../../src/incident/diff/match.ts';
import type { Incident } from '../../../../src/incident/model/incident.ts';
import { linksOf } from '../../../../src/incident/model/link.ts';
import { steps } from './arbitrary-observation.ts';
import { settings } from './settings.ts';
import { live } from './timeline.ts';

/** For replays and longer searches see settings.ts. */
describe('every restricted connector', () => {
  it('is matched by its own id or by a unique name, and only with the data of that connector', () => {
    const property = fc.property(steps, (course) => {
      for (const { observation } of course) {
        for (const row of observation.blocked.items) {
          const { match, configuration } = restrictedConnector(row, observation.inbound);
          const byId = observation.inbound.items.filter(({ id }) => id === row.id);
          const byName = observation.inbound.items.filter(({ name }) => name === row.name);
          const found = byId.length === 1 ? byId : byName;
          const certain = found.length === 1;
          assert.equal(match === 'guid' || match === 'name', certain);
          assert.equal(match === 'guid', byId.length === 1);
          assert.deepEqual(configuration, certain ? found[0]?.configuration : null);
        }
      }
    });
    fc.assert(property, settings(300));
  });

  it('keeps its known data while the inbound connectors cannot be read, and takes none of another', () => {
    const property = fc.property(steps, (course) => {
      const seen = course.flatMap(({ observation: { blocked, inbound } }) =>
        blocked.items.map((row) => restrictedConnector(row, inbound)),
      );
      for (const before of seen) {
        for (const after of seen) {
          const kept = mergeKnown(before, after);
          const forgets = after.match === 'unreadable' && before.id === after.id;
          assert.deepEqual(kept.configuration, forgets ? before.configuration : after.configuration);
          assert.equal(kept.restrictedSince, after.restrictedSince);
        }
      }
    });
    fc.assert(property, settings(100));
  });
});

describe('every link of an alert', () => {
  it('is the same whatever the order of the incidents', () => {
    const property = fc.property(steps, (course) => {
      for (const { observation, after } of live(diff, course)) {
        const incidents = [...after.incidents.values()];
        for (const alert of observation.alerts) {
          const links = (all: readonly Incident[]) =>
            linksOf(alert, all, observation.inbound.items).toSorted((a, b) => (a.incident.id < b.incident.id ? -1 : 1));
          const found = links(incidents);
          assert.deepEqual(links(incidents.toReversed()), found);
          assert.equal(new Set(found.map(({ incident }) => incident.connector?.id)).size, found.length);
          if (found.every(({ link }) => link === 'named')) continue;
          assert.equal(found.length, 1);
          assert.ok(found[0]?.incident.alerts.every(({ status }) => status === 'resolved'));
        }
      }
    });
    fc.assert(property, settings(300));
  });
});
