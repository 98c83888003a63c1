import assert from 'node:assert/strict';
import { findingsDocument } from '../../../src/storage/finding-document.ts';

const stored = (statement: object, check = 'traffic') => [
  { check, verdict: 'concern', statements: [statement], readAt: 5 },
];
const reread = (value: unknown) => findingsDocument.parse(JSON.parse(JSON.stringify(value)));

describe('stored findings', () => {
  it('are read as they were written', () => {
    const it = stored({ kind: 'wide_range', verdict: 'concern', values: { range: '11.0.0.0/8', count: 16_777_216 } });
    assert.deepEqual(reread(it), it);
  });

  it('with a kind of statement of another version survive reading and writing', () => {
    const newer = { kind: 'ring_of_saturn', verdict: 'concern', values: { moons: [1, { name: 'Titan' }] } };
    const [it] = reread(reread(stored(newer)));
    assert.deepEqual(it?.statements, [
      {
        kind: 'of_another_version',
        verdict: 'concern',
        values: { kind: 'ring_of_saturn', values: { moons: [1, { name: 'Titan' }] } },
      },
    ]);
  });

  it('whose kind is known again are restored', () => {
    const known = { kind: 'wide_range', verdict: 'concern', values: { range: '11.0.0.0/8', count: 4 } };
    const { kind, values } = known;
    const wrapped = { kind: 'of_another_version', verdict: 'concern', values: { kind, values } };
    assert.deepEqual(reread(stored(wrapped)), stored(known));
  });

  it('with values that this version does not write are kept, not shown as something else', () => {
    const [it] = reread(stored({ kind: 'wide_range', verdict: 'concern', values: { range: 8 } }));
    assert.equal(it?.statements[0].kind, 'of_another_version');
  });

  it('of a check that only another version has are left out', () => {
    const statement = { kind: 'check_failed', verdict: 'unknown', values: {} };
    assert.deepEqual(reread(stored(statement, 'phases_of_the_moon')), []);
  });
});
