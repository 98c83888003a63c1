import assert from 'node:assert/strict';
import fc from 'fast-check';
import { STATES } from '../../../../src/incident/model/incident.ts';
import { decide } from '../decide.ts';
import { EVENT_KINDS, moves } from './arbitrary-move.ts';
import { begin, type Decide, play } from './follow.ts';
import { NAIVE } from './naive.ts';
import { settings } from './settings.ts';

const MAX_LENGTH = 40;
const RUNS = 4_000;

/** Plays any history to a decision function and to the model at the same time. */
function history(decideIt: Decide, seen: (kind: string, state: string) => void = () => {}) {
  return fc.property(fc.boolean(), moves(MAX_LENGTH), (known, it) => {
    play(decideIt, begin(known), it, seen);
  });
}

/** For replays and longer searches see settings.ts. */
describe('every history of an incident', () => {
  const seen = new Set<string>();
  const note = (kind: string, state: string) => seen.add(kind).add(state);

  it('follows the rules of two-person control, step by step', () => {
    fc.assert(history(decide, note), settings(RUNS));
  });

  it('covers every state and every event', () => {
    // Run alone, it has to play them first.
    if (seen.size === 0) fc.assert(history(decide, note), { ...settings(0), numRuns: RUNS });
    assert.deepEqual(
      [...STATES, ...EVENT_KINDS].filter((it) => !seen.has(it)),
      [],
    );
  });

  for (const naive of NAIVE) {
    it(`catches a product that ${naive.title}`, () => {
      const { failed, errorInstance } = fc.check(history(naive.decide), { seed: 1, numRuns: 5000, endOnFailure: true });
      assert.ok(failed, 'no history showed it');
      assert.match(errorInstance instanceof Error ? errorInstance.message : '', naive.shows);
    });
  }
});
