import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { fuzz } from './fuzz.ts';
import { openSubject } from './subject.ts';

const REQUESTS = 2_000;

describe('the service under generated requests', () => {
  it('keeps running, answers with no 5xx but 503, and accepts some requests', async () => {
    const seed = randomInt(2 ** 31);
    process.stdout.write(`      seed ${seed}\n`);
    await using subject = await openSubject();
    const { outcomes, faults } = await fuzz(subject, { requests: REQUESTS, seed });
    assert.deepEqual(faults, [], `seed ${seed}`);
    for (const status of [200, 202, 400, 401, 403, 404]) assert.ok(outcomes.has(status), `no ${status}, seed ${seed}`);
    assert.equal(
      [...outcomes.values()].reduce((sum, times) => sum + times),
      REQUESTS,
    );
  });
});
