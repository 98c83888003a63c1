import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardShows } from '../demo/card-watch.ts';
import { cardIn } from '../tenant/activity.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const submitSchema = z.object({
  actions: z.array(z.object({ data: z.object({ msteams: z.object({ text: z.string() }) }) })),
});

describe('the proposal of a drill', () => {
  let world: World;
  let ahead: number;
  const clock = () => Date.now() + ahead;
  /** Moves the service's clock to the next time that is this hour of this weekday (0 is Sunday) in UTC. */
  const moveTo = (weekday: number, hour: number) => {
    const now = new Date(clock());
    const days = (weekday - now.getUTCDay() + 7) % 7;
    const at = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hour, 5);
    ahead += (at <= clock() ? at + 7 * DAY : at) - clock();
  };
  const proposals = () => {
    const { teams } = world.tenant;
    const cards = teams.messages(teams.team.adminChannel.id).flatMap(({ versions }) => {
      const activity = versions.at(-1)?.activity;
      const card = activity === undefined ? undefined : cardIn(activity);
      return card === undefined ? [] : [card];
    });
    return cards.filter((card) => /Time for a drill|訓練を行いませんか/.test(textOf(card)));
  };
  const begin = async (settings: Readonly<Record<string, string>>) => {
    ahead = 0;
    world = await startWorld(settings, { clock });
  };
  afterEach(() => world.stop());

  it('is posted in working hours only, has a button that starts it, and is repeated only after the configured days', async () => {
    await begin({ DRILL_EVERY_DAYS: '30' });
    moveTo(6, 12);
    await world.drain();
    moveTo(1, 3);
    await world.drain();
    assert.deepEqual(proposals(), []);
    moveTo(1, 11);
    await world.drain();
    const proposed = () => proposals()[0];
    const card = await until(proposed, { what: 'the proposal' });
    assert.match(textOf(card), /Nobody has practiced an unblock here yet/);
    ahead += 20 * DAY;
    await world.drain();
    assert.equal(proposals().length, 1);
    const text = submitSchema.parse(card).actions[0]?.data.msteams.text ?? '';
    await world.tenant.teams.say({ person: world.tenant.people.erik, text, where: 'channel', mention: false });
    await cardShows(world.tenant, 'DRILL', 'Restricted');
  });

  it('is never posted unless configured', async () => {
    await begin({});
    moveTo(1, 11);
    await world.drain();
    assert.deepEqual(proposals(), []);
  });
});
