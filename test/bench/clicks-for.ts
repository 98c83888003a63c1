import { setTimeout as rest } from 'node:timers/promises';
import type { Tenant } from '../tenant/tenant.ts';
import { cardSaid } from './card-times.ts';
import { clicked } from './click.ts';
import type { Sample } from './measure.ts';
import { now } from './now.ts';

const BETWEEN_CLICKS_MS = 200;

/** Approves and withdraws alternately; returns the time of each answer, ms. */
export async function clicksFor(tenant: Tenant, activityId: string, forMs: number): Promise<Sample> {
  const sample: number[] = [];
  const person = tenant.people.erik;
  for (const end = now() + forMs; now() < end; ) {
    const since = now();
    sample.push(await clicked(tenant, { person, activityId, verb: 'approve' }));
    await cardSaid(tenant, activityId, /^Waiting/, since);
    await rest(BETWEEN_CLICKS_MS);
    sample.push(await clicked(tenant, { person, activityId, verb: 'withdraw' }));
    await cardSaid(tenant, activityId, /^Restricted/, since);
    await rest(BETWEEN_CLICKS_MS);
  }
  return sample;
}
