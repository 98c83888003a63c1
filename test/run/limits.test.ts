import assert from 'node:assert/strict';
import Mocha from 'mocha';
import { until } from '../tenant/until.ts';
import { limitTests } from './limits.ts';

describe('a test at the limit of its tier', () => {
  let over: boolean;
  beforeEach(() => {
    over = false;
  });
  afterEach(() => {
    over = true;
  });

  /** A test of the unit tier, which has 50 ms, as mocha would run it. */
  function limited(body: Mocha.AsyncFunc, ownMs?: number): () => Promise<unknown> {
    const root = new Mocha.Suite('');
    root.timeout(9_000);
    const test = new Mocha.Test('a test', body);
    test.file = 'test/unit/a.test.ts';
    root.addTest(test);
    if (ownMs !== undefined) test.timeout(ownMs);
    limitTests(root, { unit: 50 });
    return async () => Reflect.apply(test.fn ?? assert.fail(), {}, []);
  }

  it('fails with what it was waiting for', async () => {
    const run = limited(async () => {
      await Promise.all([until(() => over, { what: 'the card' }), until(() => over && 'a reply')]);
    });
    await assert.rejects(run(), (error: Error) => {
      assert.match(error.message, /^not done within 0\.05 s; waiting for: the card \(for 0\.\d s\); \(\) => over && /);
      return true;
    });
  });

  it('fails too when it waits for something else', async () => {
    const never = limited(() => new Promise(() => {}));
    await assert.rejects(never(), { message: 'not done within 0.05 s; no wait of `until` is under way' });
  });

  it('goes on when it has a limit of its own', async () => {
    const slow = limited(async () => void (await until(() => performance.now() > began + 100)), 8_000);
    const began = performance.now();
    await slow();
  });

  it('fails with its own error before', async () => {
    await assert.rejects(
      limited(async () => {
        throw new Error('as ever');
      })(),
      { message: 'as ever' },
    );
  });
});
