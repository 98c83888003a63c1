import assert from 'node:assert/strict';
import { createFailedRequestLog } from '../../../src/http/failed-request-log.ts';
import { HttpError } from '../../../src/http/response.ts';
import { until } from '../../tenant/until.ts';
import { captureLog } from './captured-log.ts';

const REQUEST = { method: 'POST', url: '/api/messages?token=very-secret' };
const unsigned = new HttpError(401, 'unsigned', 'Send a token.');

describe('the log of failed requests', () => {
  it('logs the first of a kind at once, later ones of an interval in one line, and the first after an interval without any at once', async () => {
    const { log, lines, text } = captureLog();
    const problems = createFailedRequestLog(log, 20);
    for (let times = 0; times < 1_000; times += 1) problems.add(REQUEST, 'request-1', unsigned);
    assert.equal(lines.length, 1);
    await until(() => lines.length === 2);
    assert.equal(lines[1]?.times, 999);
    assert.equal(lines[1]?.path, '/api/messages');
    assert.equal(lines[1]?.requestId, 'request-1');
    await until(() => {
      problems.add(REQUEST, 'request-1', unsigned);
      return lines.length > 2;
    });
    problems.flush();
    assert.doesNotMatch(text(), /very-secret/);
  });

  it('counts each kind separately', () => {
    const { log, lines } = captureLog();
    const problems = createFailedRequestLog(log);
    problems.add(REQUEST, 'request-1', unsigned);
    problems.add(
      REQUEST,
      'request-2',
      new HttpError(500, 'internal', 'It failed.', { cause: new Error('the disk is full') }),
    );
    problems.flush();
    assert.deepEqual(
      lines.map(({ msg, code }) => [msg, code]),
      [
        ['request refused', 'unsigned'],
        ['request failed', 'internal'],
      ],
    );
  });
});
