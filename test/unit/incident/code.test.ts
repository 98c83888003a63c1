import assert from 'node:assert/strict';
import fc from 'fast-check';
import { approvalCode, breakGlassCode, offerCode, readCode } from '../../../src/incident/model/code.ts';

const ALICE = 'a1a1a1a1-0000-4000-8000-000000000001';
const BOB = 'b2b2b2b2-0000-4000-8000-000000000002';

describe('a typed code', () => {
  it('is four unambiguous characters, and is read back as written', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const code = approvalCode({ id });
        assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}$/);
        assert.equal(readCode(code.toLowerCase()), code);
      }),
    );
  });

  it('of a break-glass act is not that of an approval with the same id', () => {
    assert.match(breakGlassCode({ id: ALICE }), /^[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.notEqual(breakGlassCode({ id: ALICE }), approvalCode({ id: ALICE }));
    assert.notEqual(breakGlassCode({ id: ALICE }), breakGlassCode({ id: BOB }));
  });

  it('is accepted with look-alike letters in place of digits', () => {
    assert.equal(readCode('7kOl'), '7K01');
    assert.equal(readCode('7K2'), null);
    assert.equal(readCode('7K2U'), null);
    assert.equal(readCode('承認する'), null);
  });

  it('differs for each revision of an incident and for each person it was shown to', () => {
    const shown = { id: 'an-incident', revision: 7 };
    assert.equal(offerCode(shown, ALICE.toUpperCase()), offerCode(shown, ALICE));
    assert.notEqual(offerCode(shown, ALICE), offerCode({ ...shown, revision: 8 }, ALICE));
    assert.notEqual(offerCode(shown, ALICE), offerCode(shown, BOB));
  });

  it('is distributed evenly enough that a hundred waiting approvals seldom share one', () => {
    const shared = Array.from({ length: 200 }, (_, round) => {
      const codes = Array.from({ length: 100 }, (_, n) => approvalCode({ id: `${round}-${n}-${ALICE}` }));
      return codes.length - new Set(codes).size;
    }).reduce((sum, n) => sum + n, 0);
    assert.ok(shared < 5, `${shared} of 20,000 codes were shared within their hundred`);
  });
});
