import type { Config } from '../config/config.ts';
import { createTasks, type TaskDependencies } from '../jobs/tasks/tasks.ts';
import type { Runtime } from '../shared/runtime.ts';
import { createSharedReadings, sharedReading } from '../shared/shared-readings.ts';
import type { Channel } from '../teams/ports.ts';
import { createDrillExchange } from '../workflow/drills.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { createReports } from './reports.ts';
import { createSelfCheckPorts } from './self-check.ts';
import { roomForPosture } from './traffic-clients.ts';

/** What the handlers use as it is. */
type Shared = Pick<
  TaskDependencies,
  'db' | 'workflow' | 'reconcile' | 'channel' | 'personalChat' | 'uploadFile' | 'renderer' | 'gather' | 'trail' | 'pace'
>;

type Dependencies = Runtime &
  Shared & {
    readonly microsoft365: Microsoft365;
    readonly listUnreachable: () => Promise<readonly unknown[]>;
  };

/** How long the cards that are drawn together share one list of people; a click checks its own person. */
const PEOPLE_SHARED_MS = 2_000;

/** Creates the handlers of all jobs with their clients and settings. */
export function createJobHandlers(config: Config, deps: Dependencies): ReturnType<typeof createTasks> {
  const { microsoft365, trail } = deps;
  return createTasks({
    ...deps,
    reports: createReports(deps),
    digest: config.digest,
    drillEveryMs: config.drillEveryMs,
    timeZone: config.timeZone,
    roomForPosture: (now) => roomForPosture(deps.db, now),
    brokenTrail: trail.broken,
    listBlocked: microsoft365.connectors.listBlocked,
    listInbound: microsoft365.connectors.listInbound,
    unblock: microsoft365.unblock,
    drillExchange: createDrillExchange(deps),
    checkEligible: microsoft365.directory.checkEligible,
    checkEmergency: microsoft365.checkEmergency,
    listEligible: sharedReading(microsoft365.directory.listEligible, PEOPLE_SHARED_MS, deps.clock),
    channel: withSharedRoster(deps.channel, deps.clock),
    listEscalation: microsoft365.listEscalation,
    findCards: microsoft365.channelMessages.findCards,
    alerts: microsoft365.alerts,
    listAnchors: microsoft365.listAnchors,
    subscriptions: microsoft365.subscriptions,
    feed: microsoft365.feed,
    readConnectorEdits: microsoft365.readConnectorEdits,
    ...createSelfCheckPorts(config, deps, deps.listUnreachable),
    push: config.push,
    subscriptionResource: config.subscriptionResource,
    pollMs: config.pollMs,
    verifyWithinMs: config.verifyWithinMs,
    watchAfterUnblockMs: config.watchAfterUnblockMs,
    actWithinMs: config.confirmWithinMs,
    outageAfterMs: config.outageAfterMs,
    doNotMention: config.doNotMention,
    mentionTag: config.mentionTag,
  });
}

function withSharedRoster(channel: Channel, clock: () => number): Channel {
  const share = createSharedReadings<Awaited<ReturnType<Channel['roster']>>>(PEOPLE_SHARED_MS);
  return { ...channel, roster: (place) => share(place.channelId, clock(), () => channel.roster(place)) };
}
