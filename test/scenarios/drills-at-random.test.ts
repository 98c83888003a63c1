import assert from 'node:assert/strict';
import { incidentCard, incidentCards } from '../demo/card-watch.ts';
import { attested, sentenceIn } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { createRandom } from '../torture/random.ts';
import { startWorld, type World } from './start-service.ts';

const REAL = ['Relay Mie', 'Relay Gifu'];
const STEPS = 30;
const VERBS = ['approve', 'confirm', 'reject', 'withdraw', 'acknowledge', 'keep'] as const;

describe('drills among real restrictions, at random', () => {
  const seed = process.env.DRILL_SEED ?? `${Date.now()}`;
  let world: World;
  before(async () => {
    process.stdout.write(`      DRILL_SEED=${seed}\n`);
    world = await startWorld({}, {}, ({ exchange }) => {
      for (const name of REAL) exchange.addConnector(name);
    });
  });
  after(() => world.stop());

  const idOf = (name: string) => world.tenant.exchange.connectors().find((it) => it.Name === name)?.Guid ?? '';

  async function pressSomething(
    card: ShownCard,
    verb: (typeof VERBS)[number],
    person: World['tenant']['people']['erik'],
  ) {
    if (actionOf(card.card, verb) === undefined) return;
    const inputs = attested(card, 'We practise, or not.');
    const { activityId } = card;
    sentenceIn(await world.tenant.teams.click({ person, activityId, verb, inputs }));
  }

  it('lift a real restriction only when two people approved that one, and hide none', async () => {
    const random = createRandom(seed);
    const { tenant } = world;
    const people = [tenant.people.erik, tenant.people.aoi, tenant.people.nested];
    const lifted = new Set<string>();
    for (let step = 0; step < STEPS; step += 1) {
      const person = random.pick(people);
      const what = random.pick(['drill', 'drill', 'stop', 'restrict', 'press', 'press', 'press', 'press'] as const);
      if (what === 'drill') await tenant.teams.say({ person, text: 'drill', where: 'channel' });
      if (what === 'stop') await tenant.teams.say({ person, text: 'drill stop', where: 'channel' });
      if (what === 'restrict') tenant.exchange.restrict(random.pick(REAL));
      if (what === 'press') {
        const cards = incidentCards(tenant.teams);
        if (cards.length > 0) await pressSomething(random.pick(cards), random.pick(VERBS), person);
      }
      await world.drain();
    }
    for (const { connectorId, reason } of tenant.exchange.removals) {
      lifted.add(connectorId);
      assert.ok(REAL.map(idOf).includes(connectorId), `no drill is lifted at Exchange: ${connectorId}`);
      assert.match(reason ?? '', /Approved by .* Confirmed by /);
      assert.doesNotMatch(reason ?? '', /DRILL/);
    }
    for (const name of REAL) {
      tenant.exchange.restrict(name);
      const card = await until(() => incidentCard(tenant, name), { what: `the card of ${name}` });
      assert.doesNotMatch(textOf(card.card), /imaginary/);
    }
  });
});
