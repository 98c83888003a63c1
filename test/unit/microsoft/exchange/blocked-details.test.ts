import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createBlockedDetails } from '../../../../src/microsoft/exchange/blocked-details.ts';
import { UpstreamError } from '../../../../src/shared/errors.ts';

const summary = () => ({ id: randomUUID(), name: null, reason: null, since: null, until: null });

describe('the details of restricted connectors', () => {
  it('delay one reading by no more than their common limit, however many of them Exchange does not give', async () => {
    let calls = 0;
    const hang = async (_id: string, signal: AbortSignal) => {
      calls += 1;
      if (!signal.aborted) await once(signal, 'abort');
      const call = { service: 'exchange', operation: 'Get-BlockedConnector', effect: 'none' } as const;
      throw new UpstreamError({ ...call, failure: 'timeout', message: 'no response in time' });
    };
    const withDetails = createBlockedDetails(hang, undefined, 20);
    const rows = [summary(), summary(), summary()];
    assert.deepEqual(await withDetails(rows), rows);
    assert.equal(calls, 1);
    await withDetails(rows);
    assert.equal(calls, 2, 'the next reading asks again');
  });
});
