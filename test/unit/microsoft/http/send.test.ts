import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { boundedBy } from '../../../../src/microsoft/http/send.ts';

describe('a bounded signal', () => {
  it('aborts with the caller’s signal, at any depth', () => {
    const caller = new AbortController();
    const bounded = boundedBy(60_000, boundedBy(60_000, caller.signal));
    assert.equal(bounded.aborted, false);
    caller.abort(new Error('the job was stopped'));
    assert.match(String(bounded.reason), /the job was stopped/);
  });

  it('aborts after the shortest of all timeouts', async () => {
    const outer = boundedBy(1);
    const bounded = boundedBy(60_000, boundedBy(60_000, outer));
    await new Promise((resolve) => bounded.addEventListener('abort', resolve, { once: true }));
    assert.equal(bounded.reason, outer.reason);
  });

  it('is freed after its timeout, also where another signal was bounded by it', async () => {
    const caller = new AbortController();
    const signals = Array.from({ length: 200 }, () => {
      const outer = boundedBy(1, caller.signal);
      return [outer, boundedBy(1, outer)].map((signal) => new WeakRef(signal));
    });
    const collectGarbage = garbageCollector();
    const alive = () => signals.flat().filter((signal) => signal.deref() !== undefined).length;
    for (let round = 0; round < 50 && alive() > 0; round += 1) {
      await rest(5);
      collectGarbage();
    }
    assert.equal(alive(), 0);
    assert.equal(caller.signal.aborted, false);
  });
});

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
