import assert from 'node:assert/strict';
import type { Known } from '../../../src/incident/diff/proposal.ts';
import { overtakenAt } from '../../../src/incident/diff/stale-reading.ts';
import { restricted } from './history.ts';
import { alert, blocked, ended, kinds, NOW, observe, run } from './readings.ts';

describe('a reading that something overtook', () => {
  const nothing: Known = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
  const overtaken = (known: Partial<Known>, seen: Parameters<typeof observe>[0]) =>
    overtakenAt({ ...nothing, ...known }, observe(seen));

  it('says when an open incident changed since, for the next to begin then', () => {
    const changed = { ...restricted(), changedAt: NOW + 5 };
    assert.equal(overtaken({ open: [changed] }, { blocked: [blocked()] }), NOW + 5);
    assert.equal(overtaken({ open: [changed] }, { blocked: [blocked()], beganAt: NOW + 5 }), null);
  });

  it('says when an incident ended since whose connector it lists', () => {
    assert.equal(overtaken({ ended: [ended(NOW + 5)] }, { blocked: [blocked()] }), NOW + 5);
    assert.equal(overtaken({ ended: [ended(NOW + 5)] }, {}), null);
    assert.equal(overtaken({ ended: [ended(NOW)] }, { blocked: [blocked()] }), null);
  });

  it('opens nothing for that connector, which the next reading does', () => {
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
