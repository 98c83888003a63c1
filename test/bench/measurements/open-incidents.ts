import { fillPast } from '../fill-past.ts';
import { median, repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import type { Figure } from '../table.ts';
import { reconcileTimes } from './load.ts';
import { askedOnce } from './status-connectors.ts';

const COUNTS = [10, 1_000];
const ENDED = 100;
const ROUNDS_FOR_ONE = 5;
/** Without a channel no card is posted; otherwise Teams' limits on cards would be measured. */
const NO_CHANNEL = { ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' };

/** Measures a reconcile and `status connectors` with many incidents open, compared with the smallest number. */
export const openIncidents: Measurement = async (bench) => {
  const figures: Figure[] = [];
  const least = new Map<string, number>();
  for (const count of COUNTS) {
    for (const [what, { unit, sample }] of Object.entries(await measured(bench, count))) {
      const value = least.get(what);
      const baseline = value === undefined ? null : { name: `with ${COUNTS[0]}`, value };
      if (value === undefined) least.set(what, median(sample));
      figures.push({ name: `${what}, with ${count.toLocaleString('en-US')} open`, unit, sample, baseline });
    }
  }
  return figures;
};

type Measured = Readonly<Record<string, { readonly unit: Figure['unit']; readonly sample: Sample }>>;

async function measured({ open, rounds }: Bench, count: number): Promise<Measured> {
  const restricted: { readonly id: string; readonly name: string }[] = [];
  await using world = await open({
    push: true,
    settings: NO_CHANNEL,
    prepare({ exchange }) {
      for (let number = 0; number < count; number += 1) {
        const { Guid: id, Name: name } = exchange.addConnector(`Relay ${number}`);
        exchange.restrict(name, { alert: false });
        restricted.push({ id, name });
      }
    },
    fill: (databaseUrl) => fillPast(databaseUrl, { ended: ENDED, open: restricted }),
  });
  const { tenant } = world;
  const times = Math.max(3, Math.ceil(rounds / ROUNDS_FOR_ONE));
  const before = tenant.record.length;
  const reconcile = await reconcileTimes(world, times);
  const calls = tenant.record.slice(before).filter(({ service }) => service === 'exchange' || service === 'graph');
  return {
    'start to watching': { unit: 'ms', sample: world.startMs },
    reconcile: { unit: 'ms', sample: reconcile },
    'calls to Microsoft for a reconcile': { unit: 'calls', sample: [calls.length / times] },
    'status connectors': { unit: 'ms', sample: await repeated(times, async () => (await askedOnce(tenant)).ms) },
  };
}
