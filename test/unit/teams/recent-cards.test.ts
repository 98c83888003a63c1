import assert from 'node:assert/strict';
import { keepRecent } from '../../../src/teams/cards/recent-cards.ts';

const MANY = 1_000;

describe('a recent card', () => {
  let drawn: string[];
  const draw = keepRecent((name: string, role: string | undefined) => {
    drawn.push(name);
    return { type: 'AdaptiveCard', name, role };
  });
  beforeEach(() => {
    drawn = [];
  });

  it('is drawn once for everybody who is to see the same', () => {
    const first = draw('Relay', 'reader');
    assert.deepEqual(draw('Relay', 'reader'), first);
    assert.deepEqual(first, { type: 'AdaptiveCard', name: 'Relay', role: 'reader' });
    assert.deepEqual(drawn, ['Relay']);
  });

  it('is drawn anew when anything that it shows differs', () => {
    assert.equal(draw('Relay', 'approver').role, 'approver');
    assert.equal(draw('Relay', undefined).role, undefined);
    assert.equal(draw('Other', 'approver').name, 'Other');
    assert.deepEqual(drawn, ['Relay', 'Relay', 'Other']);
  });

  it('is given up for more recent ones, so that memory is bounded', () => {
    for (let number = 0; number < MANY; number += 1) draw(`Relay ${number}`, 'reader');
    draw('Relay 0', 'reader');
    draw(`Relay ${MANY - 1}`, 'reader');
    assert.equal(drawn.length, MANY + 1);
  });
});
