import type { Config } from '../config/config.ts';
import type { Person } from '../incident/model/approval.ts';
import type { Incident } from '../incident/model/incident.ts';
import type { UntrustedTrail } from '../incident/model/trail.ts';
import { limitedChannel, limitedChat } from '../jobs/limited-channel.ts';
import { createReplyInThread } from '../jobs/reply-in-thread.ts';
import type { UnreachableService } from '../monitoring/unreachable-services.ts';
import type { Log } from '../shared/log.ts';
import type { ReceiveActivity } from '../shared/receive-activity.ts';
import type { Runtime } from '../shared/runtime.ts';
import { readAftermath } from '../storage/aftermath.ts';
import { type PostedCard, placesOfCards } from '../storage/cards.ts';
import { readMove } from '../storage/channel-moves.ts';
import { claimWelcome, notePresence, rememberPlace, watchingPlace } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { listOpen, readIncident } from '../storage/incidents.ts';
import { pushState } from '../storage/push.ts';
import { readQuorum } from '../storage/quorums.ts';
import { configuredSignals, signalHealth } from '../storage/signals.ts';
import { messageLink } from '../teams/cards/links.ts';
import type { CardRenderer } from '../teams/cards/renderer.ts';
import type { CardLinks } from '../teams/cards/view-models.ts';
import type { Channel, PersonalChat } from '../teams/ports.ts';
import { type BotAdapter, createAdapter } from '../teams/transport/adapter.ts';
import { createChannel } from '../teams/transport/channel.ts';
import { createUploadFile, type UploadFile } from '../teams/transport/file-upload.ts';
import type { Sender } from '../teams/transport/incoming.ts';
import { createPersonalChat } from '../teams/transport/personal-chat.ts';
import { createAnswerClick } from '../teams/turns/answer-click.ts';
import { createBot } from '../teams/turns/bot.ts';
import { createChat } from '../teams/turns/chat.ts';
import { createClicks } from '../teams/turns/clicks.ts';
import { createDecisions } from '../teams/turns/decisions.ts';
import { createDrillCommand } from '../teams/turns/drill-command.ts';
import { eligibility } from '../teams/turns/eligibility.ts';
import { createInvokes } from '../teams/turns/invokes.ts';
import { createReaders } from '../teams/turns/readers.ts';
import { createRoles } from '../teams/turns/roles.ts';
import { readDetails, readHistory, readSelfCheckSummary, readStatus } from '../teams/turns/status.ts';
import { startDrill, stopDrill } from '../workflow/drills.ts';
import { createFinishFollowUp } from '../workflow/finish-follow-up.ts';
import { decideMove, watchHere } from '../workflow/move-channel.ts';
import { retireStaleCard } from '../workflow/stale-card.ts';
import type { Workflow } from '../workflow/workflow.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { createReportTurns } from './reports.ts';
import type { createRequestedChecks } from './requested-checks.ts';

type Dependencies = {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly db: Db;
  readonly workflow: Workflow;
  readonly microsoft365: Microsoft365;
  readonly renderer: CardRenderer;
  readonly listUnreachable: () => Promise<readonly UnreachableService[]>;
  readonly brokenTrail: () => Promise<UntrustedTrail | null>;
  readonly checking: ReturnType<typeof createRequestedChecks>;
};

export type Teams = {
  readonly receive: ReceiveActivity;
  readonly channel: Channel;
  readonly personalChat: PersonalChat;
  readonly uploadFile: UploadFile;
};

/**
 * The time limit for the directory during a click. Teams shows an error when a response takes too long; this leaves time for the
 * database.
 */
const DIRECTORY_DEADLINE_MS = 6_000;

function breakGlassOf({ breakGlass }: Config, { checkEmergency }: Microsoft365) {
  if (breakGlass === null || checkEmergency === null) return null;
  return { checkEligible: checkEmergency, waitMs: breakGlass.waitMs };
}

async function readWatch(config: Config, db: Db) {
  const configured = configuredSignals(config);
  const [push, signals] = await Promise.all([pushState(db, configured.push), signalHealth(db, configured)]);
  const selfCheck = config.selfCheck ? await readSelfCheckSummary(db) : undefined;
  return { push, signals, selfCheck, pollMs: config.pollMs };
}

type EligibilityCheck = Parameters<typeof eligibility>[0];
type EligibilityOf = (sender: Sender) => ReturnType<typeof eligibility>;

/** Creates the handler of decisions, from buttons and typed commands alike. */
function clicksFor(
  { config, runtime: { clock, newId }, db, workflow, microsoft365 }: Dependencies,
  check: EligibilityCheck,
) {
  return createClicks({
    ...check,
    act: workflow.apply,
    noteRefused: workflow.noteRefused,
    finishFollowUp: createFinishFollowUp({ db, clock, newId }),
    newId,
    clock,
    confirmWithinMs: config.confirmWithinMs,
    breakGlass: breakGlassOf(config, microsoft365),
  });
}

async function statusNow({ db, config, listUnreachable, brokenTrail }: Dependencies) {
  const [watch, unreachable, broken] = await Promise.all([readWatch(config, db), listUnreachable(), brokenTrail()]);
  return readStatus(db, { ...watch, unreachable, broken });
}

async function linkToCards(
  { db, config: { cloud } }: Dependencies,
  incidentIds: readonly string[],
): Promise<CardLinks> {
  const places = await placesOfCards(db, incidentIds);
  return new Map(
    places.flatMap(({ incidentId, ...place }) => {
      const link = messageLink(place, cloud);
      return link === null ? [] : [[incidentId, link] as const];
    }),
  );
}

/** Returns the queries that chat commands use. */
function readsOf(deps: Dependencies) {
  const { db, runtime } = deps;
  return {
    readStatus: () => statusNow(deps),
    readHistory: (name: string | null) => readHistory(db, name),
    linkToCards: (ids: readonly string[]) => linkToCards(deps, ids),
    readDetails: (connectorId: string) => readDetails(db, connectorId, runtime.clock()),
  };
}

function drillsFor(
  { db, workflow, runtime: { clock, newId } }: Dependencies,
  watchingChannelId: () => Promise<string | null>,
  eligibilityOf: EligibilityOf,
) {
  const drilling = { db, clock, newId, workflow };
  return createDrillCommand({
    watchingChannelId,
    eligibility: eligibilityOf,
    startDrill: (by) => startDrill(drilling, by),
    stopDrill: (by) => stopDrill(drilling, by),
  });
}

/** Creates the renderer of an incident's card for one person. */
function personalCards({ db, config, renderer, runtime: { clock } }: Dependencies, eligibilityOf: EligibilityOf) {
  const roleOf = createRoles({ eligibility: eligibilityOf, clock });
  return async (incident: Incident, sender: Sender) => {
    const aftermath = await readAftermath(db, incident, config.watchAfterUnblockMs);
    const [quorum, role] = await Promise.all([readQuorum(db, incident.id), roleOf(sender, incident)]);
    return renderer.personalCard(incident, quorum, aftermath, role);
  };
}

/** Creates the bot: it receives people's activities and sends messages, cards and files to Teams. */
export function createTeams(deps: Dependencies): Teams {
  const { config, runtime, db, workflow, microsoft365 } = deps;
  const { tenantId, locale } = config;
  const { fetch, clock, newId, log } = runtime;
  const { credential, reachability } = microsoft365;
  const { checkEligible } = microsoft365.directory;
  const adapter = createAdapter({ ...config, credential, fetch, clock, log, reachability });
  const directory = { checkEligible, tenantId, deadlineMs: DIRECTORY_DEADLINE_MS };
  const answerClick = createAnswerClick({ log, click: clicksFor(deps, directory) });
  const watchingChannelId = async () => (await watchingPlace(db))?.channelId ?? null;
  const eligibilityOf: EligibilityOf = (sender) => eligibility(directory, sender);
  const mayNotRead = createReaders({ watchingChannelId, eligibility: eligibilityOf, clock });
  const render = personalCards(deps, eligibilityOf);
  const reports = createReportTurns({ ...runtime, ...config, db, noteRefused: workflow.noteRefused }, eligibilityOf);
  const reading = { readIncident: (id: string) => readIncident(db, id), render, mayNotRead, ...reports };
  const noteCard = (incidentId: string, pressed: PostedCard) =>
    retireStaleCard({ db, clock, newId }, incidentId, pressed);
  const answerInvoke = createInvokes({ ...reading, noteCard, answerClick, tenantId, log });
  const moving = { db, clock, newId, confirmWithinMs: config.confirmWithinMs };
  const answerCommand = createChat({
    ...readsOf(deps),
    ...deps.checking,
    requestReconcile: () => workflow.requestReconcile(clock()),
    eligibility: eligibilityOf,
    mayNotRead,
    requestReport: reports.requestReport,
    decide: createDecisions({ listOpen: () => listOpen(db), answerClick }),
    watchHere: (place, by: Person) => watchHere(moving, place, by),
    readMove: (code) => readMove(db, code),
    decideMove: (verdict) => decideMove(moving, verdict),
    drill: drillsFor(deps, watchingChannelId, eligibilityOf),
    channelIsConfigured: config.adminChannel !== null,
    timeZone: config.timeZone,
  });
  const receive = createBot({
    adapter,
    tenantId,
    locale,
    channelIsConfigured: config.adminChannel !== null,
    answerInvoke,
    answerCommand,
    rememberPlace: (place) => rememberPlace(db, place),
    notePresence: async (place, isPresent) => logRemoval(log, await notePresence(db, place, isPresent), isPresent),
    claimWelcome: ({ channelId }) => claimWelcome(db, channelId, clock()),
    replyInThread: createReplyInThread({ db, clock }),
    log,
  });
  return { receive, ...senderOfJobs(deps, adapter) };
}

function logRemoval(log: Log, isWatched: boolean, isPresent: boolean): void {
  if (isWatched && !isPresent) log.error({ event: 'bot_removed' }, 'the bot was removed from the admin channel’s team');
}

/** Returns the clients with which jobs send to people. */
function senderOfJobs({ config, runtime, db }: Dependencies, adapter: BotAdapter): Omit<Teams, 'receive'> {
  const { clientId, fileDomain } = config;
  const { fetch, clock, log } = runtime;
  const connectorAt = (url: string) => adapter.connectorAt(url);
  return {
    channel: limitedChannel(createChannel({ clientId, connectorAt }), { db, clock }),
    personalChat: limitedChat(createPersonalChat({ clientId, connectorAt }), { db, clock }),
    uploadFile: createUploadFile({ fetch, clock, log, fileDomain }),
  };
}
