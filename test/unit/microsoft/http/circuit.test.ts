import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import {
  admit,
  type CircuitState,
  CLOSED,
  learn,
  type Outcome,
  probing,
} from '../../../../src/microsoft/http/circuit.ts';

const PACE = { failures: 3, firstPauseMs: 1_000, longestPauseMs: 8_000, longestHoldMs: 60_000 };
const FAILED: Outcome = { kind: 'failed', retryAfterMs: 0 };
const ANSWERED: Outcome = { kind: 'answered' };

describe('a circuit', () => {
  const stateAfter = (outcomes: readonly Outcome[], now = 0) =>
    outcomes.reduce<CircuitState>(
      (state, outcome) => learn(state, outcome, { wasProbe: false, now, random: 0 }, PACE),
      CLOSED,
    );
  const opened = stateAfter([FAILED, FAILED, FAILED]);
  const probeFails = (state: CircuitState, now: number, random = 0) =>
    learn(probing(state), FAILED, { wasProbe: true, now, random }, PACE);

  it('opens after so many failures in a row, and not before', () => {
    assert.deepEqual(admit(stateAfter([FAILED, FAILED]), 0), { kind: 'go' });
    assert.deepEqual(admit(opened, 0), { kind: 'refuse', until: 500 });
  });

  it('begins to count again after any answer', () => {
    assert.deepEqual(admit(stateAfter([FAILED, FAILED, ANSWERED, FAILED, FAILED]), 0), { kind: 'go' });
  });

  it('lets one probe go when its time has come, and the rest wait for that', () => {
    assert.deepEqual(admit(opened, 499), { kind: 'refuse', until: 500 });
    assert.deepEqual(admit(opened, 500), { kind: 'probe' });
    assert.deepEqual(admit(probing(opened), 500), { kind: 'await_probe' });
  });

  it('waits twice as long after each probe that fails, up to a limit', () => {
    let state = opened;
    const pauses: number[] = [];
    for (let probe = 0; probe < 6; probe += 1) {
      const now = state.open?.probeAt ?? 0;
      state = probeFails(state, now, 1);
      pauses.push((state.open?.probeAt ?? 0) - now);
    }
    assert.deepEqual(pauses, [2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  });

  it('spreads its pauses over their second half', () => {
    assert.equal(probeFails(opened, 0, 0).open?.probeAt, 1_000);
    assert.equal(probeFails(opened, 0, 0.5).open?.probeAt, 1_500);
  });

  it('closes on any answer, of the probe or of a call that did not wait for it', () => {
    for (const wasProbe of [true, false]) {
      const state = learn(probing(opened), ANSWERED, { wasProbe, now: 600, random: 0 }, PACE);
      assert.deepEqual([admit(state, 600).kind, state.failingSince], ['go', null]);
    }
  });

  it('is not put off by calls that go out in spite of it', () => {
    const state = learn(opened, FAILED, { wasProbe: false, now: 400, random: 1 }, PACE);
    assert.deepEqual(admit(state, 500), { kind: 'probe' });
  });

  it('stays closed when a call that was a probe fails after another call was answered', () => {
    const closed = learn(probing(opened), ANSWERED, { wasProbe: false, now: 600, random: 0 }, PACE);
    assert.deepEqual(admit(learn(closed, FAILED, { wasProbe: true, now: 700, random: 0 }, PACE), 700), { kind: 'go' });
  });

  it('probes again when a probe found nothing out', () => {
    const state = learn(probing(opened), { kind: 'unknown' }, { wasProbe: true, now: 600, random: 0 }, PACE);
    assert.deepEqual(admit(state, 600), { kind: 'probe' });
  });

  it('remembers since when the service has failed', () => {
    const state = learn(stateAfter([FAILED], 100), FAILED, { wasProbe: false, now: 200, random: 0 }, PACE);
    assert.equal(state.failingSince, 100);
  });

  it('holds everything that can wait as long as the service asks, within reason', () => {
    const held = stateAfter([{ kind: 'throttled', retryAfterMs: 30_000 }], 1_000);
    assert.deepEqual(admit(held, 1_000), { kind: 'refuse', until: 31_000 });
    assert.deepEqual(admit(held, 31_000), { kind: 'go' });
    const forDays = stateAfter([{ kind: 'throttled', retryAfterMs: 86_400_000 }]);
    assert.deepEqual(admit(forDays, 0), { kind: 'refuse', until: 60_000 });
  });

  it('keeps a pause that was asked for when another call is answered meanwhile', () => {
    const held = stateAfter([{ kind: 'throttled', retryAfterMs: 30_000 }, ANSWERED]);
    assert.equal(admit(held, 0).kind, 'refuse');
  });

  it('probes no sooner than the service asked', () => {
    const state = stateAfter([FAILED, FAILED, { kind: 'failed', retryAfterMs: 20_000 }]);
    assert.deepEqual(admit(state, 0), { kind: 'refuse', until: 20_000 });
  });

  const seed = randomInt(2 ** 31);
  it(`always lets a call go within its longest waits, and one probe at a time, whatever happens (seed ${seed})`, () => {
    const random = seeded(seed);
    for (let run = 0; run < 300; run += 1) walk(random);
  });
});

/** Calls that can wait and calls that cannot, answered at random, in random order. */
function walk(random: () => number): void {
  let state = CLOSED;
  let now = 0;
  let inFlight: { wasProbe: boolean }[] = [];
  let probes = 0;
  for (let step = 0; step < 100; step += 1) {
    now += Math.floor(random() * 3_000);
    const admission = admit(state, now);
    if (admission.kind === 'refuse')
      assert.ok(admission.until - now <= Math.max(PACE.longestPauseMs, PACE.longestHoldMs), JSON.stringify(state));
    if (admission.kind === 'await_probe') assert.equal(probes, 1);
    if (admission.kind === 'probe') {
      assert.equal(probes, 0);
      state = probing(state);
    }
    const wasProbe = admission.kind === 'probe';
    if (wasProbe) probes += 1;
    if (wasProbe || admission.kind === 'go' || random() < 0.3) inFlight.push({ wasProbe });
    if (random() < 0.6) {
      const [ended] = inFlight.splice(Math.floor(random() * inFlight.length), 1);
      if (ended === undefined) continue;
      const isProbe = ended.wasProbe && state.open !== null;
      const outcome = outcomes[Math.floor(random() * outcomes.length)] ?? ANSWERED;
      state = learn(state, outcome, { wasProbe: isProbe, now, random: random() }, PACE);
      if (state.open === null || isProbe) probes = 0;
      if (state.open === null) inFlight = inFlight.map(() => ({ wasProbe: false }));
      assert.equal(state.failingSince === null, state.failures === 0);
    }
  }
}

const outcomes: readonly Outcome[] = [
  ANSWERED,
  FAILED,
  FAILED,
  FAILED,
  { kind: 'failed', retryAfterMs: 5_000 },
  { kind: 'throttled', retryAfterMs: 5_000 },
  { kind: 'unknown' },
];

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
