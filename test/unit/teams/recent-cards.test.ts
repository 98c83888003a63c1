import assert from 'node:assert/strict';
import { keepRecent } from '../../../src/teams/cards/recent-cards.ts';
import { restricted } from '../incident/history.ts';

const MANY = 1_000;

describe('a recent card', () => {
  let drawn: string[];
  const draw = keepRecent((incident, role: string | undefined) => {
    drawn.push(`${incident.id} ${incident.revision}`);
    return { type: 'AdaptiveCard', name: incident.id, role };
  });
  beforeEach(() => {
    drawn = [];
  });

  it('is drawn once for everybody who is to see the same', () => {
    const incident = { ...restricted(), id: 'a' };
    const first = draw(incident, 'reader');
    assert.deepEqual(draw(incident, 'reader'), first);
    assert.deepEqual(first, { type: 'AdaptiveCard', name: 'a', role: 'reader' });
    assert.deepEqual(drawn, ['a 0']);
  });

  it('is drawn anew when anything that it shows differs', () => {
    const incident = { ...restricted(), id: 'b' };
    draw(incident, 'reader');
    assert.equal(draw(incident, 'approver').role, 'approver');
    assert.equal(draw(incident, undefined).role, undefined);
    draw({ ...incident, revision: 1 }, 'reader');
    draw({ ...incident, id: 'c' }, 'reader');
    assert.deepEqual(drawn, ['b 0', 'b 0', 'b 0', 'b 1', 'c 0']);
  });

  it('is given up for more recent ones, so that memory is bounded', () => {
    const incidents = Array.from({ length: MANY }, (_, number) => ({ ...restricted(), id: String(number) }));
    for (const incident of incidents) draw(incident, 'reader');
    for (const incident of [incidents.at(0), incidents.at(-1)]) draw(incident ?? assert.fail(), 'reader');
    assert.equal(drawn.length, MANY + 1);
  });
});
