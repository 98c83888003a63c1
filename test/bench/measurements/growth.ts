import { startBare } from '../bare-bot.ts';
import { FRESH, send } from '../baselines/load.ts';
import { loadOf, recorded } from '../baselines/recorded.ts';
import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import type { Measurement } from '../measurement.ts';
import { residentMemory } from '../memory.ts';
import { now } from '../now.ts';
import { restrict } from '../restricted.ts';

const NOTIFICATIONS_FOR_A_ROUND = 1_000;
const CLICKS_FOR_A_ROUND = 100;
const SENDERS = 50;

/** Measures how much memory grows by many notifications and refused clicks, compared with the bare libraries. */
export const growth: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant, urls } = world;
  const { activityId } = await restrict(world, 0);
  const since = now();
  await clicked(tenant, { person: tenant.people.erik, activityId, verb: 'approve' });
  await cardSaid(tenant, activityId, /^Waiting/, since);
  const click = { person: tenant.people.erik, activityId, verb: 'confirm', id: `f:${FRESH}` };
  const notifications = loadOf([await recorded(tenant, urls[0], () => tenant.defender.notify())]);
  const clicks = loadOf([await recorded(tenant, urls[0], () => tenant.teams.click(click))]);
  await using bare = await startBare(tenant);
  const grown = async (url: string, memory: () => Promise<number>) => {
    const before = await memory();
    await send({ ...notifications, url, senders: SENDERS, requests: rounds * NOTIFICATIONS_FOR_A_ROUND }, 202);
    await send({ ...clicks, url, senders: SENDERS, requests: rounds * CLICKS_FOR_A_ROUND }, 200);
    return (await memory()) - before;
  };
  const baseline = { name: 'bare restify and teams-ai', value: await grown(bare.line, bare.memory) };
  const sample = [await grown(urls[0], () => residentMemory(urls[0]))];
  const thousands = (rounds * NOTIFICATIONS_FOR_A_ROUND) / 1_000;
  const name = `memory gained by ${thousands},000 notifications and ${rounds * CLICKS_FOR_A_ROUND} clicks`;
  return [{ name, unit: 'MB', sample, baseline }];
};
