import type { TrailWatch } from '../audit/trail-watch.ts';
import type { Config } from '../config/config.ts';
import type { Gather } from '../evidence/gather.ts';
import type { ReminderPace } from '../incident/model/reminder.ts';
import type { Channel, PersonalChat } from '../jobs/ports.ts';
import { createTasks } from '../jobs/tasks/tasks.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import type { Renderer } from '../teams/cards/renderer.ts';
import type { UploadFile } from '../teams/transport/file-upload.ts';
import { createDrillExchange } from '../workflow/drills.ts';
import type { Workflow } from '../workflow/workflow.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { createReports } from './reports.ts';
import { createSelfCheckPorts } from './self-examination.ts';
import { roomForPosture } from './traffic-clients.ts';

type Dependencies = Runtime & {
  readonly db: Db;
  readonly workflow: Workflow;
  readonly reconcile: () => Promise<void>;
  readonly microsoft365: Microsoft365;
  readonly channel: Channel;
  readonly personalChat: PersonalChat;
  readonly uploadFile: UploadFile;
  readonly renderer: Renderer;
  readonly gather: Gather;
  readonly trail: TrailWatch;
  readonly pace: ReminderPace | null;
  readonly listUnreachable: () => Promise<readonly unknown[]>;
};

/** Creates the handlers of all jobs with their clients and settings. */
export function createJobHandlers(config: Config, deps: Dependencies): ReturnType<typeof createTasks> {
  const { microsoft365, trail } = deps;
  return createTasks({
    db: deps.db,
    clock: deps.clock,
    newId: deps.newId,
    log: deps.log,
    workflow: deps.workflow,
    reconcile: deps.reconcile,
    channel: deps.channel,
    personalChat: deps.personalChat,
    uploadFile: deps.uploadFile,
    reports: createReports(deps),
    renderer: deps.renderer,
    gather: deps.gather,
    digest: config.digest,
    drillEveryMs: config.drillEveryMs,
    timeZone: config.timeZone,
    roomForPosture: (now) => roomForPosture(deps.db, now),
    trail,
    brokenTrail: trail.broken,
    listBlocked: microsoft365.connectors.listBlocked,
    listInbound: microsoft365.connectors.listInbound,
    unblock: microsoft365.unblock,
    drillExchange: createDrillExchange(deps),
    checkEligible: microsoft365.directory.checkEligible,
    checkEmergency: microsoft365.checkEmergency,
    listEligible: microsoft365.directory.listEligible,
    listEscalation: microsoft365.listEscalation,
    findCards: microsoft365.channelMessages.findCards,
    alerts: microsoft365.alerts,
    listAnchors: microsoft365.listAnchors,
    subscriptions: microsoft365.subscriptions,
    feed: microsoft365.feed,
    readConnectorEdits: microsoft365.readConnectorEdits,
    pace: deps.pace,
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
