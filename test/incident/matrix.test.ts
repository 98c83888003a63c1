import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { FINAL_STATES, STATES } from '../../src/incident/incident.ts';
import { transitions } from '../../src/incident/transitions.ts';
import { matrix } from './print-matrix.ts';

describe('the state table', () => {
  it('is the one the README shows', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const table = matrix();
    process.stdout.write(`\n${table}\n\n`);
    assert.ok(readme.includes(table), 'README.md: replace its matrix with the one printed above');
  });

  it('reaches every state from the states an incident begins in', () => {
    const reached = new Set<string>(['alerted', 'restricted']);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const state of STATES.filter((it) => reached.has(it))) {
        for (const next of Object.values(transitions[state])) reached.add(next);
      }
    }
    assert.deepEqual([...reached].sort(), [...STATES].sort());
  });

  it('never leaves a final state', () => {
    for (const state of FINAL_STATES) assert.deepEqual([...new Set(Object.values(transitions[state]))], [state]);
  });

  it('can end every state that is not final', () => {
    const ends = (state: (typeof STATES)[number], seen: readonly string[]): boolean =>
      FINAL_STATES.has(state) ||
      Object.values(transitions[state]).some((next) => !seen.includes(next) && ends(next, [...seen, next]));
    for (const state of STATES) assert.ok(ends(state, [state]), state);
  });

  it('enters unblocking by a confirmation and by nothing else', () => {
    const ways = STATES.flatMap((state) =>
      Object.entries(transitions[state])
        .filter(([, next]) => next === 'unblocking' && state !== 'unblocking')
        .map(([event]) => `${state}: ${event}`),
    );
    assert.deepEqual(ways, ['awaiting_confirmation: confirm']);
  });

  it('reaches Exchange without two people only through the wait of break-glass', () => {
    const waysInto = (state: string) =>
      STATES.flatMap((from) =>
        Object.entries(transitions[from])
          .filter(([, next]) => next === state && from !== state)
          .map(([event]) => `${from}: ${event}`),
      );
    assert.deepEqual(waysInto('break_glass_unblocking'), ['break_glass_waiting: break_glass_due']);
    assert.deepEqual(waysInto('break_glass_waiting'), ['restricted: break_glass', 'unblock_failed: break_glass']);
    const asking = STATES.filter((state) => 'unblock_intended' in transitions[state]);
    assert.deepEqual(asking, ['unblocking', 'break_glass_unblocking']);
  });
});
