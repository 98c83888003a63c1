import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { bearerToken } from '../../../../src/microsoft/http/token.ts';

const SCOPE = 'https://graph.microsoft.com/.default';
const credential = { getToken: async () => ({ token: 'a token', expiresOnTimestamp: 0 }) };
const refusing = { getToken: () => Promise.reject(new Error('no')) };
const silent = { getToken: () => new Promise<never>(() => undefined) };

describe('a token', () => {
  it('leaves no listener on the signal, whether it is issued or not', async () => {
    const { signal } = new AbortController();
    assert.equal(await bearerToken(credential, SCOPE, signal), 'a token');
    await assert.rejects(bearerToken(refusing, SCOPE, signal));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  it('is not awaited once the signal is aborted', async () => {
    const controller = new AbortController();
    const waiting = bearerToken(silent, SCOPE, controller.signal);
    controller.abort();
    await assert.rejects(waiting, /no token within the timeout/);
    assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
  });
});
