import type { TokenCredential } from '@azure/identity';
import type { Config } from '../config/config.ts';
import { databasePassword } from '../microsoft/database-password.ts';
import type { ExchangeClient } from '../microsoft/exchange/client.ts';
import type { Connectors } from '../microsoft/exchange/connectors.ts';
import { createExportedCmdlets } from '../microsoft/exchange/exported-cmdlets.ts';
import type { Alerts } from '../microsoft/graph/alerts.ts';
import type { ChannelMessages } from '../microsoft/graph/channel-messages.ts';
import { createGraphClient } from '../microsoft/graph/client.ts';
import { createDirectory, type Directory } from '../microsoft/graph/directory.ts';
import { createOrganization } from '../microsoft/graph/organization.ts';
import type { Subscriptions } from '../microsoft/graph/subscriptions.ts';
import { bearerToken } from '../microsoft/http/token.ts';
import { rolesIn } from '../microsoft/http/token-claims.ts';
import type { ShapeWatch } from '../microsoft/shapes/watch.ts';
import { createLog, type Log } from '../shared/log.ts';
import { watchingPlace } from '../storage/conversations.ts';
import { openForReading } from '../storage/database.ts';
import { createAdapter } from '../teams/transport/adapter.ts';
import { createChannel } from '../teams/transport/channel.ts';
import { channelSettings } from '../teams/transport/channel-settings.ts';
import { observingFetch } from './observing-fetch.ts';

export type Runtime = {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => number;
  /** Creates the service's own clients of Microsoft 365. */
  readonly createClients: CreateClients;
};

type CreateClients = (config: Config, runtime: Pick<Runtime, 'fetch' | 'clock'> & { readonly log: Log }) => Clients;

/** The clients of the service that checks use. */
type Clients = {
  readonly credential: TokenCredential;
  readonly alerts: Alerts;
  readonly channelMessages: ChannelMessages;
  readonly connectors: Connectors;
  readonly directory: Directory;
  readonly exchange: ExchangeClient;
  readonly shapes: ShapeWatch;
  readonly subscriptions: Subscriptions;
};

export type Resource = 'graph' | 'exchange' | 'teams';

/** The service's own clients, and the data that several checks use, each read once. */
export type Connections = ReturnType<typeof createConnections>;

const TIMEOUT_MS = 10_000;
const ALERTS_BACK_MS = 30 * 24 * 3_600_000;

/** Creates the connections without connecting. The database is opened for reading on first use; `close` closes it. */
export function createConnections(config: Config, { fetch: given, clock, createClients }: Runtime) {
  const { fetch, skews } = observingFetch(given, clock);
  const log = createLog('silent');
  const microsoft365 = createClients(config, { fetch, clock, log });
  const { credential } = microsoft365;
  const access = { credential, fetch, clock, log, shapes: microsoft365.shapes, timeoutMs: TIMEOUT_MS };
  const graph = createGraphClient({ ...access, ...config.graph });
  const membersOf = (groupId: string) => createDirectory(graph, { groupId, roleIds: [], clock }).listEligible();
  const tokenFor = tokens(config, credential);
  const openDatabase = once(async () => openForReading(config.databaseUrl, databasePassword(config)));
  const place = once(async () => placeIn(config, openDatabase));
  const adapter = createAdapter({ ...config, credential, fetch, clock, log });
  const channel = createChannel({ clientId: config.clientId, connectorAt: (url) => adapter.connectorAt(url) });
  return {
    ...microsoft365,
    graph,
    fetch,
    skews,
    rolesFor: async (resource: Resource) => rolesIn(await tokenFor[resource]()),
    tokenFor,
    readOrganization: createOrganization(graph),
    listRecentAlerts: once(() => microsoft365.alerts.listChangedSince(clock() - ALERTS_BACK_MS)),
    listBlocked: once(microsoft365.connectors.listBlocked),
    listApprovers: once(microsoft365.directory.listEligible),
    membersOf,
    listExported: once(createExportedCmdlets({ ...access, ...config.exchange, tenantId: config.tenantId })),
    /** Lists the exported cmdlets at another address of Exchange, with a token for that address. */
    listExportedAt: (endpoint: string) =>
      createExportedCmdlets({ ...access, endpoint, scope: `${endpoint}/.default`, tenantId: config.tenantId })(),
    openDatabase,
    /** Where cards are posted. For the configured channel, a service URL received from Teams takes precedence over the configured one. */
    place,
    channel,
    roster: once(async () => {
      const there = await place();
      return there === null ? [] : channel.roster(there);
    }),
    async close() {
      const database = await openDatabase().catch(() => null);
      await database?.close();
    },
  };
}

/** Returns a function that calls `read` at most once and returns the same promise to every caller, also when it rejects. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

function tokens(config: Config, credential: TokenCredential): Readonly<Record<Resource, () => Promise<string>>> {
  const { ToChannelFromBotOAuthScope: teams } = channelSettings(config);
  const token = (scope: string) => once(() => bearerToken(credential, scope, AbortSignal.timeout(TIMEOUT_MS)));
  return {
    graph: token(config.graph.scope),
    exchange: token(config.exchange.scope),
    teams: token(`${teams}/.default`),
  };
}

async function placeIn(
  { adminChannel, teamsServiceUrl, tenantId }: Config,
  openDatabase: () => Promise<ReturnType<typeof openForReading>>,
) {
  const known = await watching(openDatabase);
  if (adminChannel === null) return known;
  const sameAsKnown = known?.channelId === adminChannel.channelId ? known : null;
  const configured = { ...adminChannel, serviceUrl: teamsServiceUrl, tenantId, problem: null };
  return { ...configured, ...sameAsKnown, teamId: adminChannel.teamId ?? sameAsKnown?.teamId ?? null };
}

/** Returns the watched channel; null if the database does not exist or has not been migrated. */
async function watching(openDatabase: () => Promise<ReturnType<typeof openForReading>>) {
  try {
    return await watchingPlace((await openDatabase()).db);
  } catch {
    return null;
  }
}
