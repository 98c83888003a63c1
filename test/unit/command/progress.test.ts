import assert from 'node:assert/strict';
import { createProgress } from '../../../src/command/progress.ts';

function shown(isTTY: boolean) {
  let now = 0;
  let text = '';
  const stream = {
    isTTY,
    write(chunk: string | Uint8Array) {
      text += String(chunk);
      return true;
    },
  };
  const progress = createProgress('Verifying', stream, () => now);
  return {
    progress,
    text: () => text,
    at(ms: number, done: number, total: number) {
      now = ms;
      progress.at(done, total);
    },
  };
}

describe('the progress of a long command', () => {
  it('is hidden for short work, then shows amount, elapsed time and an estimate on a terminal, and removes its line', () => {
    const it = shown(true);
    it.at(1_900, 10, 100);
    assert.equal(it.text(), '');
    it.at(20_000, 25, 100);
    assert.equal(it.text(), '\r\u001b[2KVerifying: 25 of 100, 0:20 elapsed, about 1:00 left');
    it.at(20_100, 26, 100);
    assert.doesNotMatch(it.text(), /26 of/);
    it.progress.end();
    assert.ok(it.text().endsWith('\r\u001b[2K'));
  });

  it('writes a plain line every 30 seconds where there is no terminal', () => {
    const it = shown(false);
    for (let second = 1; second <= 61; second += 1) it.at(second * 1_000, second, 1_000);
    it.progress.end();
    assert.deepEqual(it.text().trimEnd().split('\n'), [
      'Verifying: 30 of 1000, 0:30 elapsed, about 16:10 left',
      'Verifying: 60 of 1000, 1:00 elapsed, about 15:40 left',
    ]);
  });

  it('gives no estimate before there is something to estimate from', () => {
    const it = shown(true);
    it.at(5_000, 0, 1_000);
    assert.equal(it.text(), '\r\u001b[2KVerifying: 0 of 1000, 0:05 elapsed');
    it.progress.end();
  });
});
