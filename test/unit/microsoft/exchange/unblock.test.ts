import assert from 'node:assert/strict';
import { createUnblock } from '../../../../src/microsoft/exchange/unblock.ts';
import { recordedLog } from '../http/recorded-log.ts';

const request = { connectorId: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56', reason: 'agreed' };

const NEVER_CALLED = { unblock: () => Promise.reject(new Error('Exchange was called')) };

describe('an unblock', () => {
  it('in mode exchange calls Exchange and returns its request id', async () => {
    const called: unknown[] = [];
    const connectors = {
      async unblock(...call: readonly unknown[]) {
        called.push(call);
        return { requestId: 'r-1' };
      },
    };
    const unblock = createUnblock('exchange', connectors, recordedLog('info').log);
    assert.deepEqual(await unblock(request), { requestId: 'r-1', notCalled: false });
    assert.deepEqual(called, [[request.connectorId, request.reason]]);
  });

  it('in mode manual is left to a person', async () => {
    const unblock = createUnblock('manual', NEVER_CALLED, recordedLog('info').log);
    assert.deepEqual(await unblock(request), { requestId: null, notCalled: false });
  });

  it('in mode dry-run logs the call that it does not make', async () => {
    const { log, text } = recordedLog('info');
    const unblock = createUnblock('dry-run', NEVER_CALLED, log);
    assert.deepEqual(await unblock(request), { requestId: null, notCalled: true });
    const { cmdlet, connectorId, reason } = JSON.parse(text());
    assert.deepEqual({ cmdlet, connectorId, reason }, { cmdlet: 'Remove-BlockedConnector', ...request });
  });
});
