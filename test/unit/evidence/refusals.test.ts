import assert from 'node:assert/strict';
import { rememberRefusals } from '../../../src/evidence/refusals.ts';
import { UpstreamError, type UpstreamFailure } from '../../../src/shared/errors.ts';

const WITHOUT_INCIDENT = { incidentId: null };
const INCIDENT = { incidentId: 'incident-1' };
const MINUTE_MS = 60_000;

describe('a refusal for lack of a permission', () => {
  let calls: number;
  const failing = (failure: UpstreamFailure) => async () => {
    calls += 1;
    throw new UpstreamError({ service: 'graph', operation: 'x', failure, message: 'no', effect: 'none' });
  };
  beforeEach(() => {
    calls = 0;
  });

  it('is cached for an hour outside an incident, and then requested again', async () => {
    const unlessRefused = rememberRefusals();
    for (const minute of [0, 1, 59, 60, 61])
      await assert.rejects(
        unlessRefused({ subject: WITHOUT_INCIDENT, at: minute * MINUTE_MS }, failing('forbidden')),
        /forbidden/,
      );
    assert.equal(calls, 2);
  });

  it('stops no call for an incident, and no other failure is cached', async () => {
    const unlessRefused = rememberRefusals();
    await assert.rejects(unlessRefused({ subject: WITHOUT_INCIDENT, at: 0 }, failing('forbidden')));
    await assert.rejects(unlessRefused({ subject: INCIDENT, at: 1 }, failing('forbidden')));
    assert.equal(await unlessRefused({ subject: INCIDENT, at: 2 }, async () => 'granted'), 'granted');
    const other = rememberRefusals();
    for (const at of [0, 1])
      await assert.rejects(other({ subject: WITHOUT_INCIDENT, at }, failing('timeout')), /timeout/);
    assert.equal(calls, 4);
  });
});
