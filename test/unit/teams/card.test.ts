import assert from 'node:assert/strict';
import { Expression } from 'adaptive-expressions';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { renderIncident } from '../../../src/teams/cards/incident-card.ts';
import { restricted } from '../incident/history.ts';
import { everyState } from './card-states.ts';

const render = (incident: Incident) =>
  renderIncident(incident, { locale: 'en-US', unblockMode: 'exchange', cloud: 'public' });

describe('a card template', () => {
  it('is parsed once, not again for every card', () => {
    render(restricted());
    const { parse } = Expression;
    let parsed = 0;
    Expression.parse = (...expression) => {
      parsed += 1;
      return parse(...expression);
    };
    try {
      render(restricted());
      assert.equal(parsed, 0);
    } finally {
      Expression.parse = parse;
    }
  });

  it('shows nothing of one incident on the card of another, in whatever order they are drawn', () => {
    const incidents = Object.values(everyState());
    const inOrder = incidents.map((incident) => JSON.stringify(render(incident)));
    const reversed = incidents.toReversed().map((incident) => JSON.stringify(render(incident)));
    assert.deepEqual(reversed.toReversed(), inOrder);
    assert.ok(new Set(inOrder).size > 1);
  });
});
