import type { Tenant } from '../../tenant/tenant.ts';
import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrictMany } from '../restricted.ts';
import type { Figure } from '../table.ts';

const GRAPH_MS = 100;
/** Enough cards that none is updated faster than Teams allows a bot. */
const CARDS = 12;
const REFUSAL = { error: { code: 'BadRequest', message: 'Invalid Operation' } };

/** Measures how long the answers to an approval and a confirmation take, with Graph responding at once and after 100 ms. */
export const clickToAnswer: Measurement = async (bench) => {
  const slowRounds = Math.ceil(bench.rounds / 2);
  return [...(await clicksWith(bench, 0)), ...(await clicksWith({ ...bench, rounds: slowRounds }, GRAPH_MS))];
};

async function clicksWith({ open, rounds }: Bench, graphMs: number): Promise<readonly Figure[]> {
  await using world = await open({ push: true });
  const { tenant } = world;
  const cards = await restrictMany(world, Math.min(CARDS, rounds));
  misbehave(tenant, graphMs);
  const approve: number[] = [];
  const confirm: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const took = await agreed(tenant, cards[round % cards.length]?.activityId ?? '');
    approve.push(took.approve);
    confirm.push(took.confirm);
  }
  const baseline = graphMs === 0 ? null : { name: `Graph's own ${graphMs} ms`, value: graphMs };
  const when = graphMs === 0 ? 'Graph at once' : `Graph after ${graphMs} ms`;
  return [
    { name: `approve answered, ${when}`, unit: 'ms', sample: approve, baseline },
    { name: `confirm answered, ${when}`, unit: 'ms', sample: confirm, baseline },
  ];
}

/** Makes Exchange refuse every unblock, so that one card can be approved and confirmed repeatedly, and Graph respond after a delay. */
function misbehave({ faults }: Tenant, graphMs: number): void {
  const always = { times: 'until-cleared' } as const;
  const remove = { service: 'exchange', match: 'Remove-BlockedConnector' } as const;
  faults.add({ ...always, ...remove, kind: 'answer', status: 400, body: REFUSAL });
  if (graphMs > 0) faults.add({ ...always, service: 'graph', kind: 'latency', ms: graphMs });
}

/** Makes one approval and one confirmation, and waits for the card after each. */
async function agreed(tenant: Tenant, activityId: string) {
  const { erik, aoi } = tenant.people;
  const since = now();
  const approve = await clicked(tenant, { person: erik, activityId, verb: 'approve' });
  await cardSaid(tenant, activityId, /^Waiting/, since);
  const confirm = await clicked(tenant, { person: aoi, activityId, verb: 'confirm' });
  await cardSaid(tenant, activityId, /^Unblock failed/, since);
  return { approve, confirm };
}
