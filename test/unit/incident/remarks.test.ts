import assert from 'node:assert/strict';
import { AOI, BEN, play, restricted, T0 } from './history.ts';

describe('remarks', () => {
  it('are kept up to twenty of a kind, the latest ones, and every acknowledgement', () => {
    const keeps = Array.from({ length: 30 }, (_, at) => {
      return { kind: 'keep_restricted', at: T0 + 2 + at, by: BEN, reason: `Reason ${at}` } as const;
    });
    const { remarks } = play(restricted(), { kind: 'acknowledge', at: T0 + 1, by: AOI }, ...keeps);
    const expected = ['acknowledge', ...keeps.slice(-20).map(({ reason }) => reason)];
    assert.deepEqual(
      remarks.map(({ kind, reason }) => reason ?? kind),
      expected,
    );
  });
});
