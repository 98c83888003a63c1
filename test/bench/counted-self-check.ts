import { readConfig } from '../../src/config/config.ts';
import { createSelfCheckPorts } from '../../src/service/self-check.ts';
import { atRest } from './at-rest.ts';
import type { OpenWorld } from './world.ts';

/** Runs the daily self-check once, with the service's own clients, and returns its calls to each of Microsoft's services. */
export async function countedSelfCheck(open: OpenWorld): Promise<ReadonlyMap<string, number>> {
  // The service prepares the database and then does nothing for an hour.
  await using world = await open();
  const { tenant, databaseUrl } = world;
  const read = readConfig({ ...tenant.env, DATABASE_URL: databaseUrl });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const runtime = { fetch: globalThis.fetch, clock: Date.now, pause: async () => {} };
  const { examine } = createSelfCheckPorts(read.config, runtime, async () => []);
  if (examine === null) throw new Error('the self-check is off by default');
  await atRest(tenant);
  const begun = tenant.record.length;
  const results = await examine();
  const bad = results.filter(({ status }) => status === 'failed').map(({ id, says }) => `${id}: ${says}`);
  if (bad.length > 0) process.stderr.write(`The self-check found: ${bad.join('; ')}\n`);
  const calls = Map.groupBy(
    tenant.record.slice(begun).filter(({ service }) => service !== 'identity'),
    ({ service }) => service,
  );
  return new Map([...calls].map(([service, its]) => [service, its.length]));
}
