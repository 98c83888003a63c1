import assert from 'node:assert/strict';
import { SHAPES } from '../../../../src/microsoft/shapes/shapes.ts';
import { createShapeWatch } from '../../../../src/microsoft/shapes/watch.ts';
import { createLog } from '../../../../src/shared/log.ts';

function openWatch() {
  const lines: string[] = [];
  const watch = createShapeWatch(createLog('debug', { write: (line: string) => lines.push(line) }));
  return { watch, lines };
}

describe('unexpected shapes', () => {
  it('are counted each time and logged once', () => {
    const { watch, lines } = openWatch();
    for (const hour of [1, 2, 3]) watch.unexpected('cmdlet_warning', `Retires in ${hour} hours`);
    watch.unexpected('anchor', 'Incorrect routing hint');
    assert.deepEqual(
      [...watch.counts()],
      [
        ['cmdlet_warning', 3],
        ['anchor', 1],
      ],
    );
    assert.deepEqual(
      watch.seen().map(({ detail }) => detail),
      ['Retires in 1 hours', 'Incorrect routing hint'],
    );
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /"event":"unexpected_shape"/);
  });

  it('are kept up to a hundred', () => {
    const { watch } = openWatch();
    for (let at = 0; at < 300; at += 1) watch.unexpected('cmdlet_warning', 'x'.repeat(at));
    assert.equal(watch.seen().length, 100);
    assert.equal(watch.counts().get('cmdlet_warning'), 300);
  });

  it('each have a source, and the inferred ones an alternative', () => {
    for (const [id, { source, label, otherwise }] of Object.entries(SHAPES)) {
      assert.ok(source.length > 20, id);
      if (label === 'inferred') assert.notEqual(otherwise, null, id);
    }
  });
});
