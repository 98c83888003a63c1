import type { TokenCredential } from '@azure/identity';
import type { Config } from '../config/config.ts';
import { createConnectorEdits, type ReadConnectorEdits } from '../microsoft/audit-log/connector-edits.ts';
import { type ActivityFeed, createActivityFeed } from '../microsoft/audit-log/feed.ts';
import { createCredential } from '../microsoft/credential.ts';
import { createExchangeClient, type ExchangeClient } from '../microsoft/exchange/client.ts';
import { type Connectors, createConnectors } from '../microsoft/exchange/connectors.ts';
import { createPowerShellClient } from '../microsoft/exchange/powershell/client.ts';
import { checkPowerShell, type PowerShellProblem } from '../microsoft/exchange/powershell/preflight.ts';
import { createUnblock, type Unblock } from '../microsoft/exchange/unblock.ts';
import { type Accounts, createAccounts } from '../microsoft/graph/accounts.ts';
import { createListAnchors, type ListAnchors } from '../microsoft/graph/alert-anchors.ts';
import { type Alerts, createAlerts } from '../microsoft/graph/alerts.ts';
import { type ChannelMessages, createChannelMessages } from '../microsoft/graph/channel-messages.ts';
import { createGraphClient } from '../microsoft/graph/client.ts';
import { createDirectory, type Directory } from '../microsoft/graph/directory.ts';
import { createOrganization } from '../microsoft/graph/organization.ts';
import { createSubscriptions, type Subscriptions } from '../microsoft/graph/subscriptions.ts';
import { createReachability, type Reachability } from '../microsoft/http/reachability.ts';
import { bearerToken } from '../microsoft/http/token.ts';
import { appNameIn } from '../microsoft/http/token-claims.ts';
import { keepTokens } from '../microsoft/kept-tokens.ts';
import { createShapeWatch, type ShapeWatch } from '../microsoft/shapes/watch.ts';
import type { Runtime } from '../shared/runtime.ts';

type PreflightProblem = PowerShellProblem | { readonly kind: 'alerts_not_in_this_cloud'; readonly message: string };

/** The clients of Microsoft's services. All of them use the service's one identity. */
export type Microsoft365 = {
  readonly credential: TokenCredential;
  /** Which of these services respond, according to the calls of this process. */
  readonly reachability: Reachability;
  /** Responses of an unknown shape that this process has received. */
  readonly shapes: ShapeWatch;
  readonly exchange: ExchangeClient;
  readonly connectors: Connectors;
  readonly alerts: Alerts;
  /** Reads the audit trail's anchors from the comments of alerts. */
  readonly listAnchors: ListAnchors;
  readonly subscriptions: Subscriptions;
  readonly directory: Directory;
  readonly channelMessages: ChannelMessages;
  /** Checks who may unblock alone in an emergency; null where break-glass is off. */
  readonly checkEmergency: Directory['checkEligible'] | null;
  /** Lists the members of the escalation group; an empty list when there is none. */
  readonly listEscalation: Directory['listEligible'];
  /** Null where the activity feed is turned off. */
  readonly feed: ActivityFeed | null;
  readonly unblock: Unblock;
  readonly readConnectorEdits: ReadConnectorEdits;
  readonly accounts: Accounts;
  /** Lists the limitations of this environment, with what to do about each. An empty list means that none is known. */
  readonly preflight: (signal: AbortSignal) => Promise<readonly PreflightProblem[]>;
};

type GraphClient = ReturnType<typeof createGraphClient>;

const TIMEOUT_MS = 20_000;
/** Longer than TIMEOUT_MS, because PowerShell starts, loads its module and connects before it sends a request. */
const POWERSHELL_TIMEOUT_MS = 120_000;

export function createMicrosoft365(
  config: Config,
  { fetch, clock, log, pause }: Pick<Runtime, 'fetch' | 'clock' | 'log'> & Partial<Pick<Runtime, 'pause'>>,
): Microsoft365 {
  const credential = keepTokens(createCredential(config), clock);
  const reachability = createReachability({ clock, log });
  const shapes = createShapeWatch(log);
  const backoff = pause === undefined ? {} : { pause };
  const access = { credential, fetch, clock, log, reachability, shapes, backoff, timeoutMs: TIMEOUT_MS };
  const graph = createGraphClient({ ...access, ...config.graph });
  const readOrganization = createOrganization(graph);
  const exchange = exchangeFor(config, access, readOrganization);
  const connectors = createConnectors(exchange, { tenantId: config.tenantId, shapes });
  const ownName = async () =>
    appNameIn(await bearerToken(credential, config.graph.scope, AbortSignal.timeout(TIMEOUT_MS)));
  return {
    credential,
    reachability,
    shapes,
    exchange,
    connectors,
    alerts: config.hasAlerts ? createAlerts(graph, shapes) : withoutReading(createAlerts(graph)),
    listAnchors: config.hasAlerts ? createListAnchors(graph, ownName) : noAnchors,
    subscriptions: createSubscriptions(graph),
    ...directoriesFor(config, { graph, clock, shapes }),
    channelMessages: createChannelMessages(graph, config.clientId),
    readConnectorEdits: createConnectorEdits(exchange, shapes),
    accounts: createAccounts(graph),
    feed:
      config.activityFeed === null
        ? null
        : createActivityFeed({ ...access, ...config.activityFeed, tenantId: config.tenantId }),
    unblock: createUnblock(config.unblockMode, connectors, log),
    preflight: async (signal) => [
      ...(config.hasAlerts ? [] : [NO_ALERTS]),
      ...(config.unblockMode === 'powershell' ? await checkPowerShell({ ...config, readOrganization, signal }) : []),
    ],
  };
}

type DirectoryAccess = {
  readonly graph: GraphClient;
  readonly clock: () => number;
  readonly shapes: ShapeWatch;
};

function directoriesFor(config: Config, { graph, clock, shapes }: DirectoryAccess) {
  const { approverGroupId: groupId, approverRoleIds: roleIds, breakGlass, escalationGroupId } = config;
  const ofGroup = (id: string) => createDirectory(graph, { groupId: id, roleIds: [], clock });
  const nobody = async () => ({ items: [], complete: true, reason: null });
  return {
    directory: createDirectory(graph, { groupId, roleIds, clock, shapes }),
    checkEmergency: breakGlass && ofGroup(breakGlass.groupId).checkEligible,
    listEscalation: escalationGroupId === null ? nobody : ofGroup(escalationGroupId).listEligible,
  };
}

const NO_ALERTS: PreflightProblem = {
  kind: 'alerts_not_in_this_cloud',
  message: 'Microsoft Graph has no Defender alerts in this cloud: restrictions are found only by reading Exchange.',
};

/** Replaces the reading of alerts with a complete, empty one, for a cloud whose Graph has no `alerts_v2`. */
function withoutReading(alerts: Alerts): Alerts {
  return { ...alerts, listChangedSince: async () => ({ items: [], complete: true, reason: null, newest: null }) };
}

const noAnchors: ListAnchors = async () => ({ items: [], complete: true, reason: null, foreign: 0 });

type Access = Pick<Runtime, 'fetch' | 'clock' | 'log'> & {
  readonly backoff: Partial<Pick<Runtime, 'pause'>>;
  readonly credential: TokenCredential;
  readonly reachability: Reachability;
  readonly shapes: ShapeWatch;
  readonly timeoutMs: number;
};

function exchangeFor(config: Config, access: Access, readOrganization: () => Promise<string>): ExchangeClient {
  if (config.unblockMode !== 'powershell')
    return createExchangeClient({ ...access, ...config.exchange, tenantId: config.tenantId });
  return createPowerShellClient({
    ...access,
    powerShell: config.powerShell,
    scope: config.exchange.scope,
    environment: config.exchangeEnvironment,
    readOrganization,
    timeoutMs: POWERSHELL_TIMEOUT_MS,
  });
}
