import { CLOUD_NAMES, CLOUDS, type Cloud, type CloudName, cloudsOf, type EndpointKind } from './clouds.ts';

/** A service and the token scope for it. */
type Endpoint = { readonly endpoint: string; readonly scope: string };

export type Endpoints = {
  readonly cloud: CloudName;
  readonly authorityHost: string;
  readonly graph: Endpoint;
  readonly exchange: Endpoint;
  readonly exchangeEnvironment: Cloud['exchangeEnvironment'];
  readonly hasAlerts: boolean;
  /** Null in a cloud that has none. */
  readonly activityFeed: Endpoint | null;
  readonly botOpenIdMetadataUrl: string;
  /** Ends in a slash. */
  readonly teamsServiceUrl: string;
  /** Where Teams' service URLs may be: the hosts of the cloud, or the configured loopback address alone. */
  readonly teamsOrigins: readonly string[];
};

export type EndpointVariables = { readonly [name in Name]?: string | undefined } & {
  readonly CLOUD?: string | undefined;
};

const KINDS = {
  GRAPH_ENDPOINT: 'graph',
  EXCHANGE_ENDPOINT: 'exchange',
  ACTIVITY_FEED_ENDPOINT: 'activityFeed',
  BOT_OPENID_METADATA_URL: 'botOpenId',
  TEAMS_SERVICE_URL: 'teams',
} as const satisfies Record<string, EndpointKind>;

type Name = keyof typeof KINDS;

const NAMES: readonly Name[] = [
  'GRAPH_ENDPOINT',
  'EXCHANGE_ENDPOINT',
  'ACTIVITY_FEED_ENDPOINT',
  'BOT_OPENID_METADATA_URL',
  'TEAMS_SERVICE_URL',
];
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
const DEFAULT_PATHS: Readonly<Record<EndpointKind, string>> = {
  graph: '',
  exchange: '',
  activityFeed: '',
  botOpenId: '/v1/.well-known/openidconfiguration',
  teams: '/teams/',
};

/** What is wrong with the endpoints that are set, a sentence each. */
export function endpointProblems(variables: EndpointVariables): readonly string[] {
  const each = NAMES.flatMap((name) => problemOf(name, variables[name], chosenCloud(variables)) ?? []);
  if (each.length > 0 || cloudsIn(variables).length > 0) return each;
  return [`${NAMES.join(', ')} name hosts of different Microsoft clouds: use the hosts of one cloud.`];
}

/** The endpoints to use: of the cloud that `CLOUD` names, else of that of the addresses that are set. Call it only when there are no problems. */
export function endpointsOf(variables: EndpointVariables): Endpoints {
  const cloud = chosenCloud(variables) ?? cloudsIn(variables)[0] ?? 'public';
  const hosts = CLOUDS[cloud];
  const addressOf = (name: Name) => {
    const kind = KINDS[name];
    return variables[name] ?? `https://${hosts[kind][0]}${DEFAULT_PATHS[kind]}`;
  };
  return {
    cloud,
    authorityHost: hosts.authorityHost,
    exchangeEnvironment: hosts.exchangeEnvironment,
    hasAlerts: hosts.hasAlerts,
    graph: { endpoint: new URL(addressOf('GRAPH_ENDPOINT')).origin, scope: scopeFor(hosts.graph[0]) },
    exchange: { endpoint: new URL(addressOf('EXCHANGE_ENDPOINT')).origin, scope: scopeFor(hosts.exchange[0]) },
    activityFeed: feedOf(variables.ACTIVITY_FEED_ENDPOINT, hosts),
    botOpenIdMetadataUrl: addressOf('BOT_OPENID_METADATA_URL'),
    teamsServiceUrl: addressOf('TEAMS_SERVICE_URL').replace(/\/*$/, '/'),
    teamsOrigins: teamsOrigins(addressOf('TEAMS_SERVICE_URL'), hosts),
  };
}

function teamsOrigins(configured: string, { teams }: Cloud): readonly string[] {
  const url = new URL(configured);
  return isLoopback(url) ? [url.origin] : teams.map((host) => `https://${host}`);
}

/** A token for the feed is for the very host that is asked, since government clouds have hosts of their own. */
function feedOf(address: string | undefined, { activityFeed: [host] }: Cloud): Endpoint | null {
  const url = address === undefined ? null : new URL(address);
  const audience = url === null || isLoopback(url) ? host : url.hostname;
  if (audience === undefined) return null;
  return { endpoint: url?.origin ?? `https://${audience}`, scope: scopeFor(audience) };
}

function scopeFor(host: string): string {
  return `https://${host}/.default`;
}

export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

/** The clouds that all hosts have in common. A loopback address belongs to each. */
function cloudsIn(variables: EndpointVariables): readonly CloudName[] {
  return NAMES.reduce<readonly CloudName[]>((common, name) => {
    const value = variables[name];
    if (value === undefined || !URL.canParse(value) || isLoopback(new URL(value))) return common;
    const theirs = cloudsOf(KINDS[name], new URL(value).hostname);
    return common.filter((cloud) => theirs.includes(cloud));
  }, CLOUD_NAMES);
}

/** Undefined also for a name of no cloud, which is a problem of its own. */
function chosenCloud({ CLOUD }: EndpointVariables): CloudName | undefined {
  return CLOUD_NAMES.find((name) => name === CLOUD);
}

function problemOf(name: Name, value: string | undefined, chosen: CloudName | undefined): string | null {
  if (value === undefined) return null;
  const kind = KINDS[name];
  const clouds = chosen === undefined ? CLOUD_NAMES : [chosen];
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !(isLoopback(url) || isMicrosoft(kind, url, clouds))) {
    const known = clouds.flatMap((cloud) => CLOUDS[cloud][kind]);
    const where = chosen === undefined ? '' : ` of CLOUD ${chosen}`;
    return `${name} is not the address of a Microsoft service${where}: use https:// and one of ${[...new Set(known)].join(', ')}.`;
  }
  const isBase = kind === 'graph' || kind === 'exchange' || kind === 'activityFeed';
  if (isBase && url.pathname !== '/') return `${name} has a path: give the scheme and the host only.`;
  return url.search === '' && url.hash === '' ? null : `${name} has a query or a fragment: leave it out.`;
}

function isMicrosoft(kind: EndpointKind, url: URL, clouds: readonly CloudName[]): boolean {
  const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return isPlain && cloudsOf(kind, url.hostname).some((cloud) => clouds.includes(cloud));
}
