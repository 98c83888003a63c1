import assert from 'node:assert/strict';
import type { Known } from '../../../src/incident/diff/proposal.ts';
import { isStale } from '../../../src/incident/diff/stale-reading.ts';
import { restricted } from './history.ts';
import { alert, blocked, ended, kinds, NOW, observe, run } from './readings.ts';

describe('a stale reading', () => {
  const nothing: Known = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
  const stale = (known: Partial<Known>, seen: Parameters<typeof observe>[0]) =>
    isStale({ ...nothing, ...known }, observe(seen));

  it('is one that began before an open incident changed', () => {
    const changed = { ...restricted(), changedSeq: NOW + 5 };
    assert.equal(stale({ open: [changed] }, { blocked: [blocked()] }), true);
    assert.equal(stale({ open: [changed] }, { blocked: [blocked()], beganAt: NOW + 5 }), false);
  });

  it('is one that lists a connector whose incident ended since it began', () => {
    assert.equal(stale({ ended: [ended(NOW + 5)] }, { blocked: [blocked()] }), true);
    assert.equal(stale({ ended: [ended(NOW + 5)] }, {}), false);
    assert.equal(stale({ ended: [ended(NOW)] }, { blocked: [blocked()] }), false);
  });

  it('is recognized by the numbers of audit entries, whatever the replicas’ clocks show', () => {
    const hourAhead = { ...restricted(), openedAt: NOW + 3_600_000, stateSince: NOW + 3_600_000, changedSeq: 7 };
    const read = (seq: number) => ({ ...observe({}), seq });
    assert.equal(isStale({ ...nothing, open: [hourAhead] }, read(7)), false);
    assert.equal(isStale({ ...nothing, open: [hourAhead] }, read(6)), true);
  });

  it('opens nothing for that connector; the next reading does', () => {
    const known = { ended: [ended(NOW + 5)] };
    assert.deepEqual(kinds(run(known, { blocked: [blocked()] })), []);
    assert.deepEqual(kinds(run(known, { blocked: [blocked()], beganAt: NOW + 5 })), ['open restricted']);
  });

  it('leaves a new alert for the next reading, and follows one that is known', () => {
    const known = { ended: [ended(NOW + 5)] };
    const seen = { blocked: [blocked()], alerts: [alert({ text: blocked().name ?? '' })] };
    assert.deepEqual(kinds(run(known, seen)), []);
    assert.deepEqual(kinds(run(known, { ...seen, blocked: [] })), ['alert_linked']);
    const [opening] = run(known, { ...seen, beganAt: NOW + 5 });
    assert.ok(opening?.kind === 'open');
    assert.equal(opening.opened.incident.alerts[0]?.link, 'named');
  });
});
