import assert from 'node:assert/strict';
import { attempt } from '../../../src/evidence/statements.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';

const failed = (failure: 'timeout' | 'forbidden') =>
  new UpstreamError({ service: 'exchange', operation: 'Get-AcceptedDomain', failure, message: 'no', effect: 'none' });

describe('a reading that may fail', () => {
  it('returns its value and no missing part', async () => {
    assert.deepEqual(await attempt('exchange', Promise.resolve(3)), { value: 3, missing: [] });
  });

  it('returns no value and an unknown statement with the reason', async () => {
    const { value, missing } = await attempt('exchange', Promise.reject(failed('timeout')));
    assert.equal(value, null);
    assert.deepEqual(missing, [{ kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'exchange' } }]);
  });

  it('rethrows a bug', async () => {
    await assert.rejects(attempt('exchange', Promise.reject(new TypeError('a defect'))), TypeError);
  });
});
