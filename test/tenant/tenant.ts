import { randomUUID } from 'node:crypto';
import { type ActivityFeed, openActivityFeed } from './activity-feed.ts';
import { type Alerts, createAlerts } from './alerts.ts';
import { CLOUD_RESOURCES, settingsOf, type TenantCloud } from './clouds.ts';
import { createDefenderControl, type DefenderControl } from './defender-control.ts';
import { createDirectory, type Directory } from './directory.ts';
import { type DnsServer, startDnsServer } from './dns-server.ts';
import type { ExchangeControl } from './exchange-control.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRisks, type Risks } from './graph-risk.ts';
import { identityService } from './identity.ts';
import { identityEndpoint } from './identity-endpoint.ts';
import { createMailFlow, type MailFlow } from './mail.ts';
import { createPeople, type People } from './people.ts';
import { createPermissions, type Permissions } from './permissions.ts';
import { createRequestLog, type RecordedRequest } from './record.ts';
import { entraSigningKey } from './signing-keys.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import type { Teams } from './teams.ts';
import { createConversations } from './teams-conversations.ts';
import { openExchange } from './tenant-exchange.ts';
import { type GraphControl, openGraph } from './tenant-graph.ts';
import { createGround } from './tenant-ground.ts';
import { openTeams } from './tenant-teams.ts';
import { addZones } from './zones.ts';

/** A Microsoft 365 tenant on loopback HTTP, limited to what this product uses. */
export type Tenant = {
  /** The settings that the service needs, and no others. */
  readonly env: Readonly<Record<string, string>>;
  readonly people: People;
  readonly permissions: Permissions;
  readonly directory: Directory;
  readonly graph: GraphControl;
  /** The name server that the service uses for evidence. */
  readonly dns: DnsServer;
  /** Identity Protection. */
  readonly risks: Risks;
  readonly defender: DefenderControl;
  readonly exchange: ExchangeControl;
  /** The mail that passed its connectors. */
  readonly mail: MailFlow;
  readonly activityFeed: ActivityFeed;
  readonly teams: Teams;
  readonly faults: Faults;
  /** Every request, in order of arrival. */
  readonly record: readonly RecordedRequest[];
  /** Returns the requests whose operation contains this text, in order of arrival. */
  calls(operation: string): readonly RecordedRequest[];
  /** Sets the address at which the service listens. */
  connectBot(botUrl: string): void;
  stop(): Promise<void>;
};

export type TenantOptions = {
  /** The clock of alerts, restrictions and messages; the validity of tokens always follows the real clock. */
  readonly now?: () => number;
  readonly locale?: string;
  readonly clientId?: string;
  /** The lifetime of tokens; clients renew those with less than five minutes left on every use. */
  readonly tokenSeconds?: number;
  /** The tenant's cloud, also set in the service's settings if given. */
  readonly cloud?: TenantCloud;
};

const TENANT_ID = '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c';
const OBJECT_ID = '6b2f0d11-4c5d-0e6f-1a2b-3c4d5e6f7a8b';

export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const { now = Date.now, clientId = randomUUID() } = options;
  const resources = CLOUD_RESOURCES[options.cloud ?? 'public'];
  const application = {
    clientId,
    tenantId: TENANT_ID,
    objectId: OBJECT_ID,
    ...(options.tokenSeconds === undefined ? {} : { tokenSeconds: options.tokenSeconds }),
    resources,
    permissions: createPermissions(),
  };
  const [key, identity] = await Promise.all([entraSigningKey(), identityEndpoint()]);
  const desk = { log: createRequestLog(now), faults: createFaults(), now };
  const ground = createGround(application, desk, key, now);
  identity.lodge(clientId, { service: identityService(application, key), desk });

  const people = createPeople();
  const directory = createDirectory(people, now);
  const alerts = createAlerts(now, TENANT_ID);
  const subscriptions = subscribedTo(alerts, createSubscriptions(now, TENANT_ID));
  const paging = { pageSize: 100 };
  const { exchange, origin: exchangeEndpoint } = await openExchange(ground, alerts);
  const conversations = createConversations(now);
  const mail = createMailFlow(now);
  const risks = createRisks();
  const dns = await startDnsServer();
  addZones(dns);
  const guidOf = (name: string) => exchange.connectors().find(({ Name }) => Name === name)?.Guid ?? '';
  const parts = { alerts, paging, subscriptions, directory, conversations, mail, risks, guidOf };
  const { graph, origin: graphEndpoint } = await openGraph(ground, parts);
  const { activityFeed, origin: feedEndpoint } = await openActivityFeed(ground);
  const { teams, line, serviceUrl, metadataUrl } = await openTeams(ground, people, directory, conversations);

  return {
    env: {
      CLIENT_ID: clientId,
      TENANT_ID,
      APPROVER_GROUP_ID: directory.approverGroupId,
      ADMIN_TEAM_ID: directory.teamGroupId,
      ADMIN_CHANNEL_ID: teams.team.adminChannel.id,
      GRAPH_ENDPOINT: graphEndpoint,
      EXCHANGE_ENDPOINT: exchangeEndpoint,
      ACTIVITY_FEED_ENDPOINT: feedEndpoint,
      BOT_OPENID_METADATA_URL: metadataUrl,
      TEAMS_SERVICE_URL: serviceUrl,
      IDENTITY_ENDPOINT: identity.url,
      IDENTITY_HEADER: identity.header,
      DNS_SERVERS: dns.address,
      ...(options.cloud === undefined ? {} : { CLOUD: options.cloud, ...settingsOf(options.cloud, exchangeEndpoint) }),
      ...(options.locale === undefined ? {} : { LOCALE: options.locale }),
    },
    people,
    permissions: application.permissions,
    directory,
    graph,
    dns,
    risks,
    defender: createDefenderControl({ alerts, paging, subscriptions, line, tenantId: TENANT_ID }),
    exchange,
    mail,
    activityFeed,
    teams,
    faults: desk.faults,
    record: desk.log.entries,
    calls: (text) => desk.log.entries.filter(({ operation }) => operation.includes(text)),
    connectBot: line.connect,
    async stop() {
      identity.leave(clientId);
      await ground.close();
      await dns.stop();
    },
  };
}

function subscribedTo(alerts: Alerts, subscriptions: Subscriptions): Subscriptions {
  alerts.onChange((alert, change) => void subscriptions.tell(alert, change));
  return subscriptions;
}
