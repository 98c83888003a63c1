import type { Tenant } from '../tenant/tenant.ts';
import { median, repeated, timed } from './measure.ts';
import type { Baseline } from './table.ts';

const ROUNDS = 200;
const WARM_UP = 20;

/** One bare HTTP round trip to the simulated tenant: what nothing that crosses the network can be quicker than. */
export async function bareRoundTrip({ env }: Tenant): Promise<Baseline> {
  const trip = async () => {
    const response = await fetch(env.BOT_OPENID_METADATA_URL ?? '');
    await response.text();
  };
  const sample = await repeated(ROUNDS, () => timed(trip));
  return { name: 'bare round trip', value: median(sample.slice(WARM_UP)) };
}
