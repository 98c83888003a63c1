import { startBare } from '../bare-bot.ts';
import { FRESH } from '../baselines/load.ts';
import { loadOf, type Recorded, recorded } from '../baselines/recorded.ts';
import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import type { Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrictMany } from '../restricted.ts';
import { figuresOf, sideBySide } from '../side-by-side.ts';
import type { Figure } from '../table.ts';
import type { World } from '../world.ts';

const AT_ONCE = 50;
const CARDS = 12;
const FOR_MS = 1_500;
const ROUNDS_FOR_ONE = 20;
const ANSWERED = 200;

/** Measures clicks of fifty people at once, compared with teams-ai alone, which authenticates them and answers a constant. */
export const clicksAtOnce: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant, urls } = world;
  const clicksOf = await recordClicks(world);
  await using bare = await startBare(tenant);
  const figures: Figure[] = [];
  for (const [what, clicks] of Object.entries(clicksOf)) {
    const load = { ...loadOf(clicks), senders: AT_ONCE, forMs: FOR_MS };
    const sides = { bare: bare.line, service: urls[0], expected: ANSWERED };
    const seen = await sideBySide(what, load, { ...sides, rounds: Math.ceil(rounds / ROUNDS_FOR_ONE) });
    figures.push(...figuresOf(`${what}, ${AT_ONCE} at once`, 'bare teams-ai', seen));
  }
  return figures;
};

/**
 * Records a refresh of a card, a confirmation by the approver, which is refused and enters the audit trail, and requests to
 * keep connectors restricted, which are accepted.
 */
async function recordClicks(world: World): Promise<Readonly<Record<string, readonly Recorded[]>>> {
  const { tenant } = world;
  const { erik, aoi } = tenant.people;
  const [approved, ...others] = await restrictMany(world, CARDS);
  if (approved === undefined) throw new Error('there is no card');
  const since = now();
  await clicked(tenant, { person: erik, activityId: approved.activityId, verb: 'approve' });
  await cardSaid(tenant, approved.activityId, /^Waiting/, since);
  const pressed = (activityId: string, verb: string, reason?: string) =>
    recorded(tenant, world.urls[0], () => {
      const inputs = reason === undefined ? {} : { reason };
      return tenant.teams.click({ person: verb === 'keep' ? aoi : erik, activityId, verb, inputs, id: `f:${FRESH}` });
    });
  const keep: Recorded[] = [];
  for (const { activityId } of others)
    keep.push(await pressed(activityId, 'keep', `Waiting for the partner: ${FRESH}`));
  return {
    refresh: [await pressed(approved.activityId, 'refresh')],
    'confirm, refused': [await pressed(approved.activityId, 'confirm')],
    'keep restricted, accepted': keep,
  };
}
