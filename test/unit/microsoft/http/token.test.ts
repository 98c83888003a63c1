import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mock } from 'node:test';
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

  it('is requested from the credential again after a minute, or once it has expired', async () => {
    let issued = 0;
    let lifeMs = 0;
    const counting = {
      async getToken() {
        issued += 1;
        return { token: `token ${issued}`, expiresOnTimestamp: Date.now() + lifeMs };
      },
    };
    const { signal } = new AbortController();
    const tokens: string[] = [];
    mock.timers.enable({ apis: ['Date'] });
    try {
      for (const [passedMs, nextLifeMs] of [
        [0, 3_600_000],
        [59_999, 3_600_000],
        [1, 30_000],
        [29_999, 30_000],
        [1, 30_000],
      ] as const) {
        mock.timers.tick(passedMs);
        lifeMs = nextLifeMs;
        tokens.push(await bearerToken(counting, SCOPE, signal));
      }
      tokens.push(await bearerToken(counting, 'another scope', signal));
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual(tokens, ['token 1', 'token 1', 'token 2', 'token 2', 'token 3', 'token 4']);
  });

  it('is not awaited once the signal is aborted', async () => {
    const controller = new AbortController();
    const waiting = bearerToken(silent, SCOPE, controller.signal);
    controller.abort();
    await assert.rejects(waiting, /no token within the timeout/);
    assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
  });
});
