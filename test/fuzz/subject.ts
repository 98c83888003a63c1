import { z } from 'zod';
import { restrict } from '../bench/restricted.ts';
import { NOTIFICATION_SECRET, worldsOn } from '../bench/world.ts';
import { freePort } from '../network/free-port.ts';
import { actionOf } from '../tenant/card-reading.ts';

const METRICS_TOKEN = 'a-token-for-figures-of-the-fuzz-alone';
const dataSchema = z.object({ incidentId: z.string() });

/** Starts a service in a process of its own, with one restricted connector and its card in the channel. */
export async function openSubject() {
  const { open } = await worldsOn('sqlite');
  const inspectorPort = await freePort();
  const NODE_OPTIONS = `--inspect=127.0.0.1:${inspectorPort}`;
  const world = await open({ push: true, settings: { METRICS_TOKEN, NODE_OPTIONS, LOG_LEVEL: 'error' } });
  const { tenant, urls } = world;
  const { activityId } = await restrict(world, 0);
  const { incidentId } = dataSchema.parse(actionOf(tenant.teams.cardOf(activityId) ?? {}, 'acknowledge')?.data);
  return {
    tenant,
    url: urls[0],
    inspectorPort,
    notificationSecret: NOTIFICATION_SECRET,
    metricsToken: METRICS_TOKEN,
    incidentId,
    activityId,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
