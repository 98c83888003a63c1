import assert from 'node:assert/strict';
import { attempt } from '../../../src/evidence/missing.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';

const NEEDS = { source: 'exchange', permission: 'Global Reader' } as const;
const failed = (failure: 'timeout' | 'forbidden') =>
  new UpstreamError({ service: 'exchange', operation: 'Get-AcceptedDomain', failure, message: 'no', effect: 'none' });

describe('a reading that may fail', () => {
  it('returns its value and no missing part', async () => {
    assert.deepEqual(await attempt(NEEDS, Promise.resolve(3)), { value: 3, missing: [] });
  });

  it('returns no value and an unknown statement with the reason', async () => {
    const { value, missing } = await attempt(NEEDS, Promise.reject(failed('timeout')));
    assert.equal(value, null);
    assert.deepEqual(missing, [{ kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'exchange' } }]);
  });

  it('rethrows a bug', async () => {
    await assert.rejects(attempt(NEEDS, Promise.reject(new TypeError('a defect'))), TypeError);
  });
});
