import assert from 'node:assert/strict';
import { actionOf, actionsOf, blockText, textOf, untouchedInputs } from './card-reading.ts';

const CARD = {
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', id: 'state', text: 'Restricted' },
    { type: 'FactSet', facts: [{ title: 'Connector', value: 'relay' }] },
    { type: 'Container', items: [{ type: 'Input.Toggle', id: 'read', title: 'Read' }] },
    { type: 'Input.Toggle', id: 'ticked', title: 'Ticked', value: 'yes', valueOn: 'yes', valueOff: 'no' },
    { type: 'Input.Text', id: 'reason' },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', verb: 'approve', data: { id: '1' } }] },
  ],
  actions: [
    {
      type: 'Action.ShowCard',
      card: {
        type: 'AdaptiveCard',
        actions: [
          {
            type: 'Action.Execute',
            verb: 'withdraw',
            associatedInputs: 'none',
            fallback: { type: 'Action.Submit', verb: 'never' },
          },
        ],
      },
    },
  ],
};

describe('reading a card', () => {
  it('finds actions however deep, and no fallbacks', () => {
    assert.deepEqual(
      actionsOf(CARD).map((action) => action.verb),
      ['approve', 'withdraw'],
    );
    assert.deepEqual(actionOf(CARD, 'approve')?.data, { id: '1' });
    assert.equal(actionOf(CARD, 'confirm'), undefined);
  });

  it('reads the text from top to bottom', () => {
    assert.equal(textOf(CARD), 'Restricted\nConnector relay\nRead\nTicked');
    assert.equal(blockText(CARD, 'state'), 'Restricted');
  });

  it('sends untouched inputs as a client does', () => {
    assert.deepEqual(untouchedInputs(CARD), { read: 'false', ticked: 'yes' });
  });
});
