import assert from 'node:assert/strict';
import { planTrial } from './plan.ts';
import { createRandom, trialSeed } from './random.ts';

describe('chance that can be played again', () => {
  const draws = (random = createRandom('a seed')) => Array.from({ length: 50 }, () => random.between(1, 6));

  it('draws the same from the same seed, and otherwise from another', () => {
    assert.deepEqual(draws(), draws());
    assert.notDeepEqual(draws(), draws(createRandom('another')));
  });

  it('draws every value there is', () => assert.deepEqual(new Set(draws()), new Set([1, 2, 3, 4, 5, 6])));

  it('gives each part chance of its own, whatever other parts draw', () => {
    const [one, two] = [createRandom('a seed'), createRandom('a seed')];
    two.fork('kills').next();
    assert.deepEqual(draws(one.fork('story')), draws(two.fork('story')));
  });

  it('plans a trial wholly from its seed', () => {
    const seed = trialSeed('a run', 7);
    assert.deepEqual(planTrial(seed), planTrial(trialSeed('a run', 7)));
    assert.notDeepEqual(planTrial(seed), planTrial(trialSeed('a run', 8)));
  });

  it('plans only what is possible, and what is wished for', () => {
    for (let trial = 0; trial < 200; trial += 1) {
      const { database, replicas, troubles } = planTrial(trialSeed('a run', trial));
      assert.ok(database === 'postgres' || (replicas === 1 && !troubles.includes('postgres')));
      assert.ok(database === 'sqlite' || !troubles.includes('disk'));
    }
    assert.deepEqual(planTrial('x', { database: 'postgres', replicas: 3, troubles: ['clock', 'disk'] }).troubles, [
      'clock',
    ]);
    assert.throws(() => planTrial('x', { database: 'sqlite', replicas: 3 }), /one replica only/);
  });
});
