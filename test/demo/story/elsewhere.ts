import assert from 'node:assert/strict';
import { textOf } from '../../tenant/card-reading.ts';
import { cardShows } from '../card-watch.ts';
import type { Step } from '../narration.ts';
import type { Stage } from '../stage.ts';
import { CONNECTORS } from './connectors.ts';

const CONNECTOR = CONNECTORS.elsewhere;

export async function elsewhere({ tenant }: Stage, step: Step): Promise<void> {
  const { exchange } = tenant;
  const callsBefore = exchange.removals.length;
  exchange.restrict(CONNECTOR);
  await step('a second connector is restricted', () => cardShows(tenant, CONNECTOR, 'Restricted'));
  await step('the card says that it is no longer restricted, and that the bot did not lift it', async () => {
    exchange.unblockInPortal(CONNECTOR);
    const card = await cardShows(tenant, CONNECTOR, 'Unblocked');
    assert.match(textOf(card.card), /not by this bot/i);
    assert.equal(exchange.removals.length, callsBefore, 'the bot asked Exchange');
    return card;
  });
}
