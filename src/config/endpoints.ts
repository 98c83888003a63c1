import { CLOUD_NAMES, CLOUDS, type Cloud, type CloudName, cloudsOf, type EndpointKind } from './clouds.ts';

/** A service's origin and the scope of its tokens. */
type Endpoint = { readonly endpoint: string; readonly scope: string };

export type Endpoints = {
  readonly cloud: CloudName;
  readonly authorityHost: string;
  /** The issuer of the Bot Framework's tokens, and the audience of the bot's own. */
  readonly botApi: string;
  readonly graph: Endpoint;
  readonly exchange: Endpoint;
  readonly exchangeEnvironment: Cloud['exchangeEnvironment'];
  readonly hasAlerts: boolean;
  /** Null in a cloud without the activity feed. */
  readonly activityFeed: Endpoint | null;
  readonly botOpenIdMetadataUrl: string;
  /** Ends in a slash. */
  readonly teamsServiceUrl: string;
  /** The origins allowed for Teams' service URLs: the hosts of the cloud, or only the configured loopback address. */
  readonly teamsOrigins: readonly string[];
  /** The host to which files may be uploaded: a domain, or the configured loopback host; null where bots send no files. */
  readonly fileDomain: string | null;
};

export type EndpointVariables = { readonly [name in Name | IssuerName]?: string | undefined } & {
  readonly CLOUD?: string | undefined;
  readonly ACTIVITY_FEED?: string | undefined;
  readonly UNBLOCK_MODE?: string | undefined;
};

/** Set only for a cloud whose own value is not known. */
type IssuerName = 'AUTHORITY_HOST' | 'BOT_API';

const NAMES = [
  'GRAPH_ENDPOINT',
  'EXCHANGE_ENDPOINT',
  'ACTIVITY_FEED_ENDPOINT',
  'BOT_OPENID_METADATA_URL',
  'TEAMS_SERVICE_URL',
] as const;

type Name = (typeof NAMES)[number];

const KINDS: Readonly<Record<Name, EndpointKind>> = {
  GRAPH_ENDPOINT: 'graph',
  EXCHANGE_ENDPOINT: 'exchange',
  ACTIVITY_FEED_ENDPOINT: 'activityFeed',
  BOT_OPENID_METADATA_URL: 'botOpenId',
  TEAMS_SERVICE_URL: 'teams',
};
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
const DEFAULT_PATHS: Readonly<Record<EndpointKind, string>> = {
  graph: '',
  exchange: '',
  activityFeed: '',
  botOpenId: '/v1/.well-known/openidconfiguration',
  teams: '/teams/',
};

/** Returns the problems with the configured endpoints, one sentence each. */
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

/** Returns the endpoints that must be configured because Microsoft has published none for the cloud, or because it is `custom`. */
function missingProblems(variables: EndpointVariables, cloud: CloudName): readonly string[] {
  const needed = NAMES.filter((name) => name !== 'ACTIVITY_FEED_ENDPOINT' || variables.ACTIVITY_FEED === 'on');
  const missing = needed.filter((name) => CLOUDS[cloud][KINDS[name]].length === 0 && variables[name] === undefined);
  const mode =
    variables.UNBLOCK_MODE === 'powershell' && CLOUDS[cloud].exchangeEnvironment === null
      ? [`UNBLOCK_MODE powershell does not work with CLOUD ${cloud}: Microsoft's module has no name for it.`]
      : [];
  return [...missing.map((name) => `${name} is missing: CLOUD ${cloud} has no known address for it.`), ...mode];
}

function issuerProblems(variables: EndpointVariables, cloud: CloudName): readonly string[] {
  const { authorityHost, botApi } = CLOUDS[cloud];
  const known = { AUTHORITY_HOST: authorityHost, BOT_API: botApi };
  return (['AUTHORITY_HOST', 'BOT_API'] as const).flatMap((name) => {
    const value = variables[name];
    if (known[name] !== null)
      return value === undefined ? [] : [`${name} is set, and CLOUD ${cloud} has its own: leave it out.`];
    if (value === undefined) return [`${name} is missing: CLOUD ${cloud} has no known address for it.`];
    const url = URL.canParse(value) ? new URL(value) : null;
    const isOrigin = url !== null && (isPlainHttps(url) || isLoopback(url)) && value.replace(/\/$/, '') === url.origin;
    return isOrigin ? [] : [`${name} is not an origin: give https:// and a host, and nothing else.`];
  });
}

/**
 * Returns the endpoints of the cloud that `CLOUD` names, or else of the cloud of the configured addresses. Requires that
 * `endpointProblems` found none.
 */
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

/**
 * Returns a service's origin and scope. A token's audience is the requested host, or for a loopback address the host it
 * replaces.
 */
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

/** Returns the feed's origin and scope. The audience is the requested host, because government clouds have hosts of their own. */
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
  return protocol === 'http:' && LOOPBACK_HOSTS.has(hostname);
}

/** Returns the clouds to which all configured hosts belong. A loopback address belongs to every cloud. */
function cloudsIn(variables: EndpointVariables): readonly CloudName[] {
  return NAMES.reduce<readonly CloudName[]>((common, name) => {
    const value = variables[name];
    if (value === undefined || !URL.canParse(value) || isLoopback(new URL(value))) return common;
    const theirs = cloudsOf(KINDS[name], new URL(value).hostname);
    return common.filter((cloud) => theirs.includes(cloud));
  }, CLOUD_NAMES);
}

/** Returns the cloud that `CLOUD` names; undefined also for an unknown name, which is reported as a problem elsewhere. */
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
    const ofCloud = chosen === undefined ? '' : ` of CLOUD ${chosen}`;
    return `${name} is not the address of a Microsoft service${ofCloud}: use https:// and one of ${[...new Set(known)].join(', ')}.`;
  }
  const isBase = kind === 'graph' || kind === 'exchange' || kind === 'activityFeed';
  if (isBase && url.pathname !== '/') return `${name} has a path: give the scheme and the host only.`;
  return url.search === '' && url.hash === '' ? null : `${name} has a query or a fragment: leave it out.`;
}

/** Returns whether an address is a Microsoft service's. Where no host is known for the chosen cloud, any https host is accepted. */
function isMicrosoft(kind: EndpointKind, url: URL, clouds: readonly CloudName[]): boolean {
  const [chosen, ...others] = clouds;
  const isUnknown = chosen !== undefined && others.length === 0 && CLOUDS[chosen][kind].length === 0;
  return isPlainHttps(url) && (isUnknown || cloudsOf(kind, url.hostname).some((cloud) => clouds.includes(cloud)));
}

function isPlainHttps(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
}
