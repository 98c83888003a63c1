import assert from 'node:assert/strict';
import { galleryCards } from './gallery-cards.ts';
import { createSchemaCheck, SCHEMA } from './schema-check.ts';

describe('the official schema of Adaptive Cards', () => {
  let check: Awaited<ReturnType<typeof createSchemaCheck>>;
  before(async () => {
    check = await createSchemaCheck(SCHEMA);
  });

  it('allows every card in every language, with any texts', () => {
    const cards = galleryCards();
    assert.ok(cards.length > 200);
    const faults = cards.flatMap(({ name, locale, data, card }) =>
      check(card).map((fault) => `${name} (${locale}, ${data}): ${fault}`),
    );
    assert.deepEqual(faults, []);
  });

  it('forbids an unknown element, an unknown property, an unknown value and a missing text', () => {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [] as object[] };
    assert.deepEqual(check(card), []);
    for (const element of [
      { type: 'Badge', text: 'x' },
      { type: 'TextBlock', text: 'x', colour: 'good' },
      { type: 'TextBlock', text: 'x', size: 'huge' },
      { type: 'TextBlock' },
    ])
      assert.notDeepEqual(check({ ...card, body: [element] }), [], JSON.stringify(element));
    assert.notDeepEqual(check({ ...card, title: 'x' }), []);
  });
});
