import assert from 'node:assert/strict';
import { textOf } from '../../tenant/card-reading.ts';
import type { ShownCard } from '../../tenant/teams-conversations.ts';
import { cardShows } from '../card-watch.ts';
import { attested, press } from '../clicks.ts';
import type { Step } from '../narration.ts';
import type { Stage } from '../stage.ts';
import { CONNECTORS } from './connectors.ts';

const CONNECTOR = CONNECTORS.discussed;
const SHORT_SECONDS = '2';

export async function approvalsThatEnd(stage: Stage, step: Step): Promise<void> {
  const { tenant, service } = stage;
  const { exchange, people } = tenant;
  const { erik, aoi } = people;
  const callsBefore = exchange.removals.length;
  exchange.restrict(CONNECTOR);
  const approve = async () => {
    const card = await cardShows(tenant, CONNECTOR, 'Restricted');
    await press(tenant, erik, card, { verb: 'approve', inputs: attested(card, 'The partner says it is fixed.') });
    return cardShows(tenant, CONNECTOR, 'Waiting');
  };
  const restrictedAgain = async (saying: RegExp): Promise<ShownCard> => {
    const card = await cardShows(tenant, CONNECTOR, 'Restricted');
    assert.match(textOf(card.card), saying);
    return card;
  };

  await step(`${aoi.displayName} rejects it`, async () => {
    await press(tenant, aoi, await approve(), { verb: 'reject', inputs: { reason: 'I still see spam.' } });
    return restrictedAgain(/reject/i);
  });
  await step(`${erik.displayName} withdraws it`, async () => {
    await press(tenant, erik, await approve(), { verb: 'withdraw' });
    return restrictedAgain(/withdr[ae]w/i);
  });
  await step('nobody confirms it in time', async () => {
    await service.end();
    await service.start({ CONFIRM_WITHIN_SECONDS: SHORT_SECONDS });
    await approve();
    return restrictedAgain(/expired|ran out|in time/i);
  });
  await step('none of this reached Exchange', async () => {
    assert.equal(exchange.removals.length, callsBefore);
    assert.ok(exchange.isRestricted(CONNECTOR));
    return 'still restricted';
  });
}
