import assert from 'node:assert/strict';
import { createUnblockDryRun } from '../../../../src/microsoft/exchange/unblock-dry-run.ts';
import { createUnblockExchange } from '../../../../src/microsoft/exchange/unblock-exchange.ts';
import { unblockManual } from '../../../../src/microsoft/exchange/unblock-manual.ts';
import { recordedLog } from '../http/recorded-log.ts';

const request = { connectorId: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56', reason: 'agreed' };

describe('an unblock', () => {
  it('in mode exchange calls Exchange and returns its request id', async () => {
    const asked: unknown[] = [];
    const unblock = createUnblockExchange({
      unblock: async (...call) => {
        asked.push(call);
        return { requestId: 'r-1' };
      },
    });
    assert.deepEqual(await unblock(request), { requestId: 'r-1', done: 'asked' });
    assert.deepEqual(asked, [[request.connectorId, request.reason]]);
  });

  it('in mode manual is left to a person', async () => {
    assert.deepEqual(await unblockManual(request), { requestId: null, done: 'by_hand' });
  });

  it('in mode dry-run logs the call that it does not make', async () => {
    const { log, text } = recordedLog('info');
    assert.deepEqual(await createUnblockDryRun(log)(request), { requestId: null, done: 'not_called' });
    const { cmdlet, connectorId, reason } = JSON.parse(text());
    assert.deepEqual({ cmdlet, connectorId, reason }, { cmdlet: 'Remove-BlockedConnector', ...request });
  });
});
