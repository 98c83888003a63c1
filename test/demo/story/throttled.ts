import assert from 'node:assert/strict';
import { until } from '../../tenant/until.ts';
import { cardShows } from '../card-watch.ts';
import { attested, press } from '../clicks.ts';
import type { Step } from '../narration.ts';
import type { Stage } from '../stage.ts';
import { CONNECTORS } from './connectors.ts';

const CONNECTOR = CONNECTORS.throttled;
const REFUSED_READS = 3;

export async function throttled({ tenant }: Stage, step: Step): Promise<void> {
  const { exchange, faults, people } = tenant;
  const callsBefore = exchange.removals.length;
  const busy = faults.add({
    service: 'exchange',
    kind: 'throttle',
    match: 'Get-BlockedConnector',
    retryAfterSeconds: 1,
    times: REFUSED_READS,
  });
  exchange.restrict(CONNECTOR);
  await step(`Exchange refuses ${REFUSED_READS} reads; the card comes as soon as one succeeds`, async () => {
    const card = await cardShows(tenant, CONNECTOR, 'Restricted');
    assert.equal(busy.hits(), REFUSED_READS);
    return card;
  });
  await step('while it refuses, nothing counts as unblocked', async () => {
    const again = faults.add({
      service: 'exchange',
      kind: 'throttle',
      match: 'Get-BlockedConnector',
      times: 'until-cleared',
    });
    await until(() => again.hits() >= 2, { what: 'two refused reads' });
    const card = await cardShows(tenant, CONNECTOR, 'Restricted');
    again.clear();
    return card;
  });
  await step('two people lift this one too', async () => {
    const card = await cardShows(tenant, CONNECTOR, 'Restricted');
    await press(tenant, people.erik, card, { verb: 'approve', inputs: attested(card, 'Checked by phone.') });
    await cardShows(tenant, CONNECTOR, 'Waiting');
    await press(tenant, people.nested, card, { verb: 'confirm' });
    const unblocked = await cardShows(tenant, CONNECTOR, 'Unblocked');
    assert.equal(exchange.removals.length, callsBefore + 1);
    return unblocked;
  });
}
