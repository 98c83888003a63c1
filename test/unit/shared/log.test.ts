import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { createLog, type Log } from '../../../src/shared/log.ts';
import { MAX_LINE_BYTES } from '../../../src/shared/log-line.ts';

function written(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(createLog('debug', { write: (line: string) => lines.push(line) }));
  return lines.join('');
}

describe('a log line', () => {
  it('names its level and has its time in ISO 8601', () => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      const fields = JSON.parse(written((log) => log[level]({ event: 'tried' }, 'tried')));
      assert.equal(fields.level, level);
      assert.match(fields.time, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    }
  });

  const deep = Array.from({ length: 500 }).reduce((inner) => ({ inner }), 'end');
  const huge: Readonly<Record<string, unknown>> = {
    'a text of 1 MB': { text: 'x'.repeat(1_000_000) },
    'Japanese of 100 KB': { text: '制限されたコネクタ'.repeat(12_000) },
    'control characters, each six in JSON': { text: '\u0001'.repeat(10_000) },
    'a list of 10,000': { list: Array.from({ length: 10_000 }, (_, index) => ({ index, name: `Relay ${index}` })) },
    'an object of 10,000 fields': Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`field${index}`, index]),
    ),
    'an object 500 deep': { deep },
    'an error with a long message and cause': {
      err: new Error('long '.repeat(10_000), { cause: new Error('cause '.repeat(10_000)) }),
    },
    'lone surrogates': { text: '\ud800'.repeat(5_000) },
  };
  for (const [what, fields] of Object.entries(huge))
    it(`is at most 2 KB of JSON that identifies the event, with ${what}`, () => {
      const line = written((log) => log.warn({ event: 'tried', ...Object(fields) }, `message ${'m'.repeat(5_000)}`));
      assert.ok(Buffer.byteLength(line) <= MAX_LINE_BYTES, `${Buffer.byteLength(line)} bytes`);
      const read = JSON.parse(line);
      assert.equal(read.event, 'tried');
      assert.equal(read.level, 'warn');
      assert.equal(read.cut, true);
      assert.match(read.msg, /^message m/);
    });

  it('is unchanged when it is short', () => {
    const fields = JSON.parse(written((log) => log.info({ event: 'tried', list: [1, 2, 3] }, 'tried')));
    assert.deepEqual(fields.list, [1, 2, 3]);
    assert.equal('cut' in fields, false);
  });
});

describe('the names of events', () => {
  it('are snake_case and literal, so that an alert can rely on them', async () => {
    const ROOT = new URL('../../..', import.meta.url);
    for await (const path of glob('src/**/*.ts', { cwd: ROOT })) {
      const source = await readFile(new URL(path, ROOT), 'utf8');
      for (const [, given = ''] of source.matchAll(/\blog\.(?:debug|info|warn|error)\(\s*\{\s*event: ([^,}]+)/g))
        assert.match(given.trim(), /^'[a-z]+(_[a-z]+)*'$/, path);
    }
  });
});
