import { attested, press } from '../demo/clicks.ts';
import { atRest } from './at-rest.ts';
import { cardPosted, cardSaid } from './card-times.ts';
import { type Call, callsIn, connectorName, haveMail, type Source } from './counted-calls.ts';
import { now } from './now.ts';
import type { OpenWorld, World } from './world.ts';

/** The calls to Microsoft and to DNS. */
export type CountedIncident = { readonly calls: readonly Call[]; readonly dns: number };

/**
 * Runs one incident in a tenant of this many connectors: restricted, checked, approved, confirmed, unblocked. Nothing else is
 * due meanwhile, because the daily checks begin 5 minutes after the start.
 */
export async function countedIncident(open: OpenWorld, connectors: number, source: Source): Promise<CountedIncident> {
  await using world = await open({ push: true, prepare: (tenant) => haveMail(tenant, connectors, source, now()) });
  const { tenant } = world;
  await atRest(tenant);
  const begun = { requests: tenant.record.length, dns: tenant.dns.questions.length };
  await carryThrough(world);
  return {
    calls: callsIn(tenant.record.slice(begun.requests)),
    dns: tenant.dns.questions.length - begun.dns,
  };
}

async function carryThrough({ tenant }: World): Promise<void> {
  const { teams, exchange, people } = tenant;
  const name = connectorName(0);
  const since = now();
  exchange.restrict(name, { alert: { description: `Connector ${name} has been restricted from sending messages.` } });
  const { activityId } = await cardPosted(tenant, `${name}"`, since);
  await atRest(tenant);
  const shown = () => {
    const card = teams.cards(teams.team.adminChannel.id).find((one) => one.activityId === activityId);
    if (card === undefined) throw new Error('the card is gone');
    return card;
  };
  await press(tenant, people.erik, shown(), {
    verb: 'approve',
    inputs: attested(shown(), 'The queue is clean again.'),
  });
  await cardSaid(tenant, activityId, /^Waiting/, 0);
  await atRest(tenant);
  await press(tenant, people.aoi, shown(), { verb: 'confirm' });
  await cardSaid(tenant, activityId, /^Unblocked/, 0);
  await atRest(tenant);
}
