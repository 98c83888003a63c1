import assert from 'node:assert/strict';
import { textOf } from '../../tenant/card-reading.ts';
import type { ShownCard } from '../../tenant/teams-conversations.ts';
import { until } from '../../tenant/until.ts';
import { cardShows } from '../card-watch.ts';
import { attested, press } from '../clicks.ts';
import type { Step } from '../narration.ts';
import type { Stage } from '../stage.ts';
import { CONNECTORS } from './connectors.ts';

const CONNECTOR = CONNECTORS.agreed;
const OTHER_CONNECTOR = CONNECTORS.never;
const REASON = 'The relay account had a weak password; it is changed and the queue is clean.';

export async function twoPeople(stage: Stage, step: Step): Promise<void> {
  const { exchange } = stage.tenant;
  const { alertId = '' } = exchange.restrict(CONNECTOR);
  const card = await step('Exchange restricts a connector, and a card appears in the channel', () =>
    cardShows(stage.tenant, CONNECTOR, 'Restricted'),
  );
  await status(stage, step);
  await approval(stage, step, card);
  await confirmation(stage, step, card);
  await aftermath(stage, step, alertId);
}

async function status({ tenant: { teams, people } }: Stage, step: Step): Promise<void> {
  await step('"status connectors" names the restricted one first', async () => {
    const { conversationId } = await teams.say({ person: people.erik, text: 'status connectors', where: 'personal' });
    const answer = await until(() => teams.cards(conversationId).at(-1), { what: 'the answer to "status connectors"' });
    const text = textOf(answer.card);
    assert.ok(text.includes(CONNECTOR), `the answer does not name ${CONNECTOR}`);
    assert.ok(text.indexOf(CONNECTOR) < text.indexOf(OTHER_CONNECTOR), `${CONNECTOR} does not come first`);
    return answer;
  });
}

async function approval({ tenant }: Stage, step: Step, card: ShownCard): Promise<void> {
  const { erik, outsider } = tenant.people;
  await step('a person outside the group is refused', async () => {
    const reply = await press(tenant, outsider, card, { verb: 'approve', inputs: attested(card, 'Let me') });
    await cardShows(tenant, CONNECTOR, 'Restricted');
    return reply;
  });
  await step(`${erik.displayName} has ticked nothing and is refused`, async () => {
    const reply = await press(tenant, erik, card, { verb: 'approve', inputs: { reason: REASON } });
    await cardShows(tenant, CONNECTOR, 'Restricted');
    return reply;
  });
  await step(`${erik.displayName} ticks the boxes, gives a reason and approves`, async () => {
    await press(tenant, erik, card, { verb: 'approve', inputs: attested(card, REASON) });
    return cardShows(tenant, CONNECTOR, 'Waiting');
  });
  await step(`${erik.displayName} cannot confirm it too`, async () => {
    const reply = await press(tenant, erik, card, { verb: 'confirm' });
    await cardShows(tenant, CONNECTOR, 'Waiting');
    assert.equal(tenant.exchange.removals.length, 0, 'Exchange was called already');
    return reply;
  });
}

async function confirmation({ tenant, service }: Stage, step: Step, card: ShownCard): Promise<void> {
  const { aoi } = tenant.people;
  await step('the service is killed and started again: nothing is lost', async () => {
    await service.end('SIGKILL');
    await service.start();
    return cardShows(tenant, CONNECTOR, 'Waiting');
  });
  await step(`${aoi.displayName} confirms: Exchange is called, and the card claims no more than is known`, async () => {
    await press(tenant, aoi, card, { verb: 'confirm' });
    return cardShows(tenant, CONNECTOR, 'Verifying');
  });
  await step('Exchange no longer lists it', () => cardShows(tenant, CONNECTOR, 'Unblocked'));
}

async function aftermath({ tenant }: Stage, step: Step, alertId: string): Promise<void> {
  const { exchange, people, defender, record } = tenant;
  await step('Exchange was called exactly once, with both names and the reason', async () => {
    const calls = record.filter(({ operation }) => operation === 'Remove-BlockedConnector');
    assert.equal(calls.length, 1, `Exchange was called ${calls.length} times`);
    const reason = exchange.removals[0]?.reason ?? '';
    for (const part of [people.erik.displayName, people.aoi.displayName, REASON]) {
      assert.ok(reason.includes(part), `"${reason}" does not say "${part}"`);
    }
    return reason;
  });
  await step("Defender's alert is commented and resolved", () =>
    until(
      () => {
        const { status: now, comments = [] } = defender.find(alertId) ?? {};
        return now === 'resolved' && comments.at(-1)?.comment;
      },
      { what: 'the alert is commented and resolved' },
    ),
  );
}
