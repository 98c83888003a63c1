import assert from 'node:assert/strict';
import type { Incident } from '../../../src/incident/model/incident.ts';
import {
  countQuorum,
  isAbout,
  isShort,
  isWorthRedrawing,
  needsPeople,
  type Quorum,
  unreadQuorum,
} from '../../../src/incident/model/quorum.ts';
import { everyState } from '../teams/card-states.ts';
import { AOI, awaiting, BEN, CHIE, refusedWith, restricted, T0, unblocking } from './history.ts';

const count = (incident: Incident, eligible: readonly (typeof AOI)[], here: readonly (typeof AOI)[], complete = true) =>
  countQuorum(
    incident,
    { items: eligible, complete },
    new Map(here.map(({ objectId }) => [objectId, `29:${objectId}`])),
    T0,
  );

describe('who can still act', () => {
  it('is counted while people have to act, and not otherwise', () => {
    const needing = Object.entries(everyState()).filter(([, incident]) => needsPeople(incident));
    const states = new Set(needing.map(([, { state }]) => state));
    assert.deepEqual([...states].sort(), ['awaiting_confirmation', 'restricted', 'unblock_failed']);
  });

  it('are the eligible people in the channel; those elsewhere are counted separately, and others not at all', () => {
    const quorum = count(restricted(), [AOI, BEN], [AOI, CHIE]);
    const counted = { here: 1, names: [AOI.name], memberIds: [`29:${AOI.objectId}`], elsewhere: 1, complete: true };
    assert.deepEqual(quorum, { kind: 'read', at: T0, approverId: null, ...counted });
  });

  it('are, for a waiting approval, all but its approver, whatever the case of their id', () => {
    const shouting = { ...AOI, objectId: AOI.objectId.toUpperCase() };
    const quorum = count(awaiting(), [shouting, { ...BEN, objectId: BEN.objectId.toUpperCase() }], [AOI, BEN]);
    assert.ok(quorum.kind === 'read');
    assert.deepEqual([quorum.here, quorum.names, quorum.elsewhere], [1, [BEN.name], 0]);
  });

  it('are named up to three', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ ...AOI, objectId: `${index}`, name: `P${index}` }));
    const quorum = count(restricted(), many, many);
    assert.ok(quorum.kind === 'read');
    assert.deepEqual([quorum.here, quorum.names], [5, ['P0', 'P1', 'P2']]);
  });

  it('are too few when fewer than two may approve and confirm, or only the approver may confirm', () => {
    for (const incident of [restricted(), refusedWith('no')]) {
      assert.equal(isShort(count(incident, [AOI, BEN], [AOI, BEN])), false);
      assert.equal(isShort(count(incident, [AOI, BEN], [AOI])), true);
      assert.equal(isShort(count(incident, [], [AOI])), true);
    }
    assert.equal(isShort(count(awaiting(), [AOI, BEN], [AOI, BEN])), false);
    assert.equal(isShort(count(awaiting(), [AOI, BEN], [AOI])), true);
  });

  it('are never too few after an incomplete or failed reading', () => {
    assert.equal(isShort(count(awaiting(), [AOI], [AOI], false)), false);
    assert.equal(isShort(unreadQuorum(awaiting(), T0)), false);
  });

  it('are no longer counted once their approval has ended', () => {
    const before = count(restricted(), [AOI, BEN], [AOI, BEN]);
    const waiting = count(awaiting(), [AOI, BEN], [AOI, BEN]);
    assert.deepEqual([isAbout(before, restricted()), isAbout(before, awaiting())], [true, false]);
    assert.deepEqual([isAbout(waiting, awaiting()), isAbout(waiting, restricted())], [true, false]);
    assert.equal(isAbout(before, unblocking()), false);
  });
});

describe('a card with a form', () => {
  const enough = count(restricted(), [AOI, BEN], [AOI, BEN]);
  const more = count(restricted(), [AOI, BEN, CHIE], [AOI, BEN, CHIE]);
  const tooFew = count(restricted(), [AOI], [AOI]);
  const nobody = count(awaiting(), [AOI], [AOI]);
  const somebody = count(awaiting(), [AOI, BEN], [AOI, BEN]);
  const cases: readonly (readonly [string, Quorum | null, Quorum, Incident, boolean])[] = [
    ['is not redrawn because more people can act', enough, more, restricted(), false],
    ['is redrawn when too few are left', enough, tooFew, restricted(), true],
    ['is redrawn when too few are left and it says nothing of them', null, tooFew, restricted(), true],
    [
      'is redrawn when too few are left and they could not be read',
      unreadQuorum(restricted(), T0),
      tooFew,
      restricted(),
      true,
    ],
    [
      'is redrawn when nobody can confirm, though it says something of an earlier state',
      tooFew,
      nobody,
      awaiting(),
      true,
    ],
    ['is not redrawn again and again for too few', tooFew, tooFew, restricted(), false],
    [
      'is not redrawn while one person may be filling it in, because a second came',
      tooFew,
      enough,
      restricted(),
      false,
    ],
    ['is redrawn when somebody can confirm where nobody could', nobody, somebody, awaiting(), true],
    ['is not redrawn because a reading failed', nobody, unreadQuorum(awaiting(), T0), awaiting(), false],
  ];
  for (const [rule, shown, now, incident, redrawn] of cases) {
    it(rule, () => assert.equal(isWorthRedrawing(shown, now, incident), redrawn));
  }
});
