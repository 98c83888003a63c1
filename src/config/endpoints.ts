import { CLOUD_NAMES, CLOUDS, type Cloud, type CloudName, cloudsOf, type EndpointKind } from './clouds.ts';

/** A service and the token scope for it. */
type Endpoint = { readonly endpoint: string; readonly scope: string };

export type Endpoints = {
  readonly cloud: CloudName;
  readonly authorityHost: string;
  /** Who signs the Bot Framework's tokens, and what the bot's own are for. */
  readonly botApi: string;
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
  /** Where files for people may be sent: a domain, or the configured loopback host; null where bots send no files. */
  readonly fileDomain: string | null;
};

export type EndpointVariables = { readonly [name in Name | IssuerName]?: string | undefined } & {
  readonly CLOUD?: string | undefined;
  readonly ACTIVITY_FEED?: string | undefined;
  readonly UNBLOCK_MODE?: string | undefined;
};

/** Given only where a cloud's own is not known. */
type IssuerName = 'AUTHORITY_HOST' | 'BOT_API';

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
  const chosen = chosenCloud(variables);
  const each = NAMES.flatMap((name) => problemOf(name, variables[name], chosen) ?? []);
  if (chosen !== undefined)
    return [...each, ...missingProblems(variables, chosen), ...issuerProblems(variables, chosen)];
  const [cloud] = cloudsIn(variables);
  if (cloud !== undefined) return [...each, ...issuerProblems(variables, cloud)];
  if (each.length > 0) return each;
  return [`${NAMES.join(', ')} name hosts of different Microsoft clouds: use the hosts of one cloud.`];
}

/** What Microsoft has not published for a cloud, or nobody can know of `custom`, must be given. */
function missingProblems(variables: EndpointVariables, cloud: CloudName): readonly string[] {
  const needed = NAMES.filter((name) => name !== 'ACTIVITY_FEED_ENDPOINT' || variables.ACTIVITY_FEED === 'on');
  const missing = needed.filter((name) => CLOUDS[cloud][KINDS[name]].length === 0 && variables[name] === undefined);
  const mode =
    variables.UNBLOCK_MODE === 'powershell' && CLOUDS[cloud].exchangeEnvironment === null
      ? [`UNBLOCK_MODE powershell does not work with CLOUD ${cloud}: Microsoft's module has no name for it.`]
      : [];
  return [...missing.map((name) => `${name} is missing: no address of it is known for CLOUD ${cloud}.`), ...mode];
}

function issuerProblems(variables: EndpointVariables, cloud: CloudName): readonly string[] {
  const { authorityHost, botApi } = CLOUDS[cloud];
  const known = { AUTHORITY_HOST: authorityHost, BOT_API: botApi };
  return (['AUTHORITY_HOST', 'BOT_API'] as const).flatMap((name) => {
    const value = variables[name];
    if (known[name] !== null)
      return value === undefined ? [] : [`${name} is set, and CLOUD ${cloud} has its own: leave it out.`];
    if (value === undefined) return [`${name} is missing: no address of it is known for CLOUD ${cloud}.`];
    const url = URL.canParse(value) ? new URL(value) : null;
    const isOrigin = url !== null && (isPlainHttps(url) || isLoopback(url)) && value.replace(/\/$/, '') === url.origin;
    return isOrigin ? [] : [`${name} is not an origin: give https:// and a host, and nothing else.`];
  });
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
    authorityHost: hosts.authorityHost ?? originOf(variables.AUTHORITY_HOST),
    botApi: hosts.botApi ?? originOf(variables.BOT_API),
    exchangeEnvironment: hosts.exchangeEnvironment,
    hasAlerts: hosts.hasAlerts,
    graph: endpointOf(addressOf('GRAPH_ENDPOINT'), hosts.graph),
    exchange: endpointOf(addressOf('EXCHANGE_ENDPOINT'), hosts.exchange),
    activityFeed: feedOf(variables.ACTIVITY_FEED_ENDPOINT, hosts),
    botOpenIdMetadataUrl: addressOf('BOT_OPENID_METADATA_URL'),
    teamsServiceUrl: addressOf('TEAMS_SERVICE_URL').replace(/\/*$/, '/'),
    teamsOrigins: teamsOrigins(addressOf('TEAMS_SERVICE_URL'), hosts),
    fileDomain: fileDomain(addressOf('TEAMS_SERVICE_URL'), hosts),
  };
}

/** A token is for the very host that is asked; for a loopback address, for the host it stands for. */
function endpointOf(address: string, [known]: readonly string[]): Endpoint {
  const { origin, hostname } = new URL(address);
  return { endpoint: origin, scope: scopeFor(isLoopback(new URL(address)) ? (known ?? hostname) : hostname) };
}

function originOf(address: string | undefined): string {
  return new URL(address ?? '').origin;
}

function teamsOrigins(configured: string, { teams }: Cloud): readonly string[] {
  const url = new URL(configured);
  return isLoopback(url) || teams.length === 0 ? [url.origin] : teams.map((host) => `https://${host}`);
}

function fileDomain(teams: string, { sharePoint }: Cloud): string | null {
  const url = new URL(teams);
  return isLoopback(url) ? url.hostname : sharePoint;
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

/** Where no host of this kind is known for the chosen cloud, whoever sets it answers for it. */
function isMicrosoft(kind: EndpointKind, url: URL, clouds: readonly CloudName[]): boolean {
  const [chosen, ...others] = clouds;
  const isUnknown = chosen !== undefined && others.length === 0 && CLOUDS[chosen][kind].length === 0;
  return isPlainHttps(url) && (isUnknown || cloudsOf(kind, url.hostname).some((cloud) => clouds.includes(cloud)));
}

function isPlainHttps(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
}
