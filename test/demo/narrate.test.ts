import assert from 'node:assert/strict';
import type { Incident } from '../../src/incident/model/incident.ts';
import { renderIncident } from '../../src/teams/cards/incident-card.ts';
import { awaiting, refusedWith, restricted } from '../unit/incident/history.ts';
import { cardLines } from './narrate.ts';

describe('a card in the terminal', () => {
  it('has each icon beside its finding, and no markup that only a client interprets', () => {
    const draw = (incident: Incident, locale: 'en-US' | 'ja-JP') =>
      cardLines({ card: renderIncident(incident, { locale, unblockMode: 'exchange', cloud: 'public' }) }).join('\n');
    for (const locale of ['en-US', 'ja-JP'] as const) {
      assert.match(draw(restricted(), locale), /^ {2}([▲?]|[✖✔⚠]\ufe0e) \S/mu);
      for (const incident of [restricted(), awaiting(), refusedWith('no such role')])
        assert.doesNotMatch(draw(incident, locale), /\{\{|\*\*|▸|▾|^ *([▲?]|[✖✔⚠]\ufe0e)$/mu);
    }
  });
});
