import assert from 'node:assert/strict';
import type { AccessToken } from '@azure/identity';
import { keepTokens } from '../../../src/microsoft/kept-tokens.ts';

const SCOPE = 'https://graph.microsoft.com/.default';

describe('the tokens of a credential', () => {
  let issued: number;
  let lifeMs: number;
  let nowMs: number;

  beforeEach(() => {
    issued = 0;
    lifeMs = 3_600_000;
    nowMs = 0;
  });

  const credential = {
    async getToken(): Promise<AccessToken | null> {
      issued += 1;
      return lifeMs === 0 ? null : { token: `token ${issued}`, expiresOnTimestamp: nowMs + lifeMs };
    },
  };

  const open = () => {
    const { getToken } = keepTokens(credential, () => nowMs);
    return async (scope = SCOPE) => (await getToken(scope))?.token;
  };

  it('are kept for a minute', async () => {
    const token = open();
    assert.equal(await token(), 'token 1');
    nowMs = 59_999;
    assert.equal(await token(), 'token 1');
    nowMs = 60_000;
    assert.equal(await token(), 'token 2');
  });

  it('are not kept past their end', async () => {
    lifeMs = 30_000;
    const token = open();
    assert.equal(await token(), 'token 1');
    nowMs = 29_999;
    assert.equal(await token(), 'token 1');
    nowMs = 30_000;
    assert.equal(await token(), 'token 2');
  });

  it('are not kept when the clock was set back, because they may have expired', async () => {
    nowMs = 3_600_000;
    const token = open();
    assert.equal(await token(), 'token 1');
    nowMs = 0;
    assert.equal(await token(), 'token 2');
    assert.equal(await token(), 'token 2');
  });

  it('are kept for each scope', async () => {
    const token = open();
    assert.deepEqual([await token(), await token('another scope'), await token()], ['token 1', 'token 2', 'token 1']);
  });

  it('are requested again after none was issued', async () => {
    lifeMs = 0;
    const token = open();
    assert.equal(await token(), undefined);
    lifeMs = 3_600_000;
    assert.equal(await token(), 'token 2');
  });
});
