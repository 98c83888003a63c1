import { CLOUDS } from './clouds.ts';
import { databaseProblems } from './database-problems.ts';
import { type Endpoints, endpointProblems, endpointsOf } from './endpoints.ts';
import { powerShellEnvironment } from './powershell-environment.ts';
import { DEFAULT_PORT, type RawVariables, type Variables, variablesSchema } from './variables.ts';

/** How the app authenticates to Entra. */
type CredentialConfig =
  | { readonly kind: 'managed_identity' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  /** A managed identity's token for `scope` is the application's credential. */
  | { readonly kind: 'federated'; readonly identityClientId: string; readonly scope: string };

/** All settings of the service. Durations are in ms, ids in lower case. */
export type Config = Endpoints & {
  readonly clientId: string;
  readonly tenantId: string;
  readonly credential: CredentialConfig;
  /** Null when only the roles count. */
  readonly approverGroupId: string | null;
  /** Entra roles whose active holders may approve and confirm; none when only the group counts. */
  readonly approverRoleIds: readonly string[];
  /** Null when the channel is chosen by `watch here`. */
  readonly adminChannel: { readonly channelId: string; readonly teamId: string | null } | null;
  /** Null: polling only. */
  readonly push: { readonly publicUrl: string; readonly notificationSecret: string } | null;
  /** The Graph resource to subscribe to, without a leading slash. */
  readonly subscriptionResource: string;
  readonly databaseUrl: string;
  /** The scope of the tokens used as database passwords; null when `databaseUrl` contains the credentials. */
  readonly databaseScope: string | null;
  readonly unblockMode: Variables['UNBLOCK_MODE'];
  /** For mode `powershell`: the executable and its environment. */
  readonly powerShell: { readonly path: string; readonly environment: Readonly<Record<string, string>> };
  readonly pollMs: number;
  readonly confirmWithinMs: number;
  readonly verifyWithinMs: number;
  /** How long Exchange or Graph may be unavailable before the channel is notified. */
  readonly outageAfterMs: number;
  /** Whether the doctor's checks run daily inside the service. */
  readonly selfCheck: boolean;
  /** The interval of the heartbeat in the channel; null for none. */
  readonly heartbeatMs: number | null;
  /** The group that may unblock alone in an emergency and the wait before that; null: break-glass is off. */
  readonly breakGlass: { readonly groupId: string; readonly waitMs: number } | null;
  /** Null: reminders are off. */
  readonly reminders: { readonly afterMs: number; readonly quietMs: number } | null;
  /** Whether the channel receives a weekly digest. */
  readonly digest: boolean;
  /** How long after the last drill the next one is proposed; null for never. */
  readonly drillEveryMs: number | null;
  /** How long a connector is watched after an unblock. */
  readonly watchAfterUnblockMs: number;
  /** Object ids of people who may act and are mentioned only when nobody else can be. */
  readonly doNotMention: ReadonlySet<string>;
  /** A Teams tag that new cards mention instead of people; null for none. */
  readonly mentionTag: { readonly id: string; readonly name: string } | null;
  /** The group that is mentioned when the approvers do not react; null for none. */
  readonly escalationGroupId: string | null;
  readonly locale: Variables['LOCALE'];
  /** Resolvers for the DNS checks, as `address` or `address:port`; empty for the system's. */
  readonly dnsServers: readonly string[];
  /** Zones of the block lists in which the sending server is looked up; empty for none. */
  readonly dnsBlockLists: readonly string[];
  /** IANA name of the time zone of times in messages. */
  readonly timeZone: string;
  readonly host: string;
  readonly port: number;
  /** A separate port for metrics, which must not be public; null serves them on `port`, to this machine only. */
  readonly metricsPort: number | null;
  /** A token with which metrics can also be read from other machines; null for none. */
  readonly metricsToken: string | null;
  /** The address to which traces are sent; null: tracing is off. */
  readonly tracesUrl: string | null;
  readonly logLevel: Variables['LOG_LEVEL'];
};

const WEEK_MS = 7 * 24 * 3_600_000;

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the settings. Returns all problems at once; each is a sentence with the variable's name and the fix, without its value. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ReadConfig {
  const raw = rawVariables(env);
  const read = variablesSchema.safeParse(raw);
  const problems = [
    ...(read.success ? [] : read.error.issues.map(({ message }) => message)),
    ...pairProblems(raw),
    ...endpointProblems(raw),
    ...feedProblems(raw),
    ...databaseProblems(raw),
    ...federatedProblems(raw),
  ];
  return read.success && problems.length === 0
    ? { ok: true, config: configOf(read.data, env) }
    : { ok: false, problems };
}

/**
 * Returns all settings when signing in to the database requires them, otherwise null. Throws with every problem when they
 * are required and invalid.
 */
export function databaseSignIn(env: NodeJS.ProcessEnv = process.env): Config | null {
  if (rawVariables(env).DATABASE_AUTH !== 'entra') return null;
  const read = readConfig(env);
  if (read.ok) return read.config;
  throw new Error(read.problems.join('\n'));
}

/** Returns the database's address for commands that need no other setting. Throws when the variable is invalid. */
export function databaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  const read = variablesSchema.shape.DATABASE_URL.safeParse(rawVariables(env).DATABASE_URL);
  if (read.success) return read.data;
  throw new Error(read.error.issues.map(({ message }) => message).join('\n'));
}

/** Returns the configured language, even when other settings are invalid. */
export function localeIn(env: NodeJS.ProcessEnv = process.env): Config['locale'] {
  return variablesSchema.shape.LOCALE.catch('en-US').parse(rawVariables(env).LOCALE);
}

function rawVariables(env: NodeJS.ProcessEnv): RawVariables {
  const names = Object.keys(variablesSchema.shape);
  return Object.fromEntries(names.map((name) => [name, env[name]?.trim() || undefined]));
}

/** Returns the problems of variables that depend on each other. */
function pairProblems(raw: RawVariables): readonly string[] {
  const problems: string[] = [];
  if (raw.APPROVER_GROUP_ID === undefined && raw.APPROVER_ROLE_IDS === undefined)
    problems.push(
      'APPROVER_GROUP_ID is missing: set it to the object id of the Entra group whose members may approve and confirm, a GUID, or set APPROVER_ROLE_IDS, or both.',
    );
  if (raw.CLIENT_SECRET !== undefined && raw.CLIENT_CERTIFICATE_PATH !== undefined)
    problems.push(
      'CLIENT_SECRET and CLIENT_CERTIFICATE_PATH are both set: keep one, or neither for a managed identity.',
    );
  if (raw.FEDERATED_CLIENT_ID !== undefined && (raw.CLIENT_SECRET ?? raw.CLIENT_CERTIFICATE_PATH) !== undefined)
    problems.push('FEDERATED_CLIENT_ID is set beside a secret or a certificate: keep one of them.');
  if (raw.PUBLIC_URL !== undefined && raw.NOTIFICATION_SECRET === undefined)
    problems.push('PUBLIC_URL is set without NOTIFICATION_SECRET: set both, or neither for polling only.');
  if (raw.PUBLIC_URL === undefined && raw.NOTIFICATION_SECRET !== undefined)
    problems.push('NOTIFICATION_SECRET is set without PUBLIC_URL: set both, or neither for polling only.');
  if (raw.METRICS_PORT !== undefined && raw.METRICS_PORT !== '0' && raw.METRICS_PORT === (raw.PORT ?? DEFAULT_PORT))
    problems.push('METRICS_PORT is the same as PORT: use another port that is not public, or leave it out.');
  if ((raw.MENTION_TAG_ID === undefined) !== (raw.MENTION_TAG_NAME === undefined))
    problems.push('MENTION_TAG_ID and MENTION_TAG_NAME belong together: set both, or neither to mention people.');
  if (raw.ADMIN_TEAM_ID !== undefined && raw.ADMIN_CHANNEL_ID === undefined)
    problems.push(
      'ADMIN_TEAM_ID is set without ADMIN_CHANNEL_ID: set the channel too, or neither to use "watch here".',
    );
  if (raw.BREAK_GLASS_GROUP_ID !== undefined && sameText(raw.BREAK_GLASS_GROUP_ID, raw.APPROVER_GROUP_ID))
    problems.push(
      'BREAK_GLASS_GROUP_ID is the approver group, so that every approver could unblock alone: name a smaller group, or none.',
    );
  return problems;
}

/** Returns the reason when a managed identity cannot be the application's credential in this cloud. */
function federatedProblems(raw: RawVariables): readonly string[] {
  if (raw.FEDERATED_CLIENT_ID === undefined || endpointProblems(raw).length > 0) return [];
  const { cloud } = endpointsOf(raw);
  if (CLOUDS[cloud].tokenExchange !== null) return [];
  return [`FEDERATED_CLIENT_ID does not work with CLOUD ${cloud}: the audience of its tokens is not published.`];
}

/** Returns the reason when the activity feed is not available with these settings. */
function feedProblems(raw: RawVariables): readonly string[] {
  if (raw.ACTIVITY_FEED !== 'on' || endpointProblems(raw).length > 0 || endpointsOf(raw).activityFeed !== null)
    return [];
  return ['ACTIVITY_FEED is on in a cloud for which Microsoft documents no Management Activity API: leave it off.'];
}

function sameText(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}

function configOf(variables: Variables, env: NodeJS.ProcessEnv): Config {
  const endpoints = endpointsOf(variables);
  return {
    ...endpoints,
    activityFeed: variables.ACTIVITY_FEED === 'on' ? endpoints.activityFeed : null,
    clientId: variables.CLIENT_ID,
    tenantId: variables.TENANT_ID,
    credential: credentialOf(variables, endpoints),
    approverGroupId: variables.APPROVER_GROUP_ID ?? null,
    approverRoleIds: variables.APPROVER_ROLE_IDS ?? [],
    adminChannel: adminChannelOf(variables),
    push: pushOf(variables),
    subscriptionResource: variables.SUBSCRIPTION_RESOURCE,
    databaseUrl: variables.DATABASE_URL,
    databaseScope: databaseScopeOf(variables, endpoints),
    unblockMode: variables.UNBLOCK_MODE,
    powerShell: { path: variables.PWSH_PATH, environment: powerShellEnvironment(env) },
    pollMs: variables.POLL_SECONDS,
    confirmWithinMs: variables.CONFIRM_WITHIN_SECONDS,
    verifyWithinMs: variables.VERIFY_WITHIN_SECONDS,
    outageAfterMs: variables.OUTAGE_AFTER_SECONDS,
    selfCheck: variables.SELF_CHECK === 'on',
    heartbeatMs: variables.HEARTBEAT === 'weekly' ? WEEK_MS : null,
    breakGlass: breakGlassOf(variables),
    reminders: remindersOf(variables),
    digest: variables.DIGEST === 'on',
    drillEveryMs: variables.DRILL_EVERY_DAYS ?? null,
    watchAfterUnblockMs: variables.WATCH_AFTER_UNBLOCK_SECONDS,
    doNotMention: new Set(variables.DO_NOT_MENTION_IDS),
    mentionTag: mentionTagOf(variables),
    escalationGroupId: variables.ESCALATION_GROUP_ID ?? null,
    locale: variables.LOCALE,
    dnsServers: variables.DNS_SERVERS,
    dnsBlockLists: variables.DNS_BLOCK_LISTS,
    timeZone: variables.TIME_ZONE,
    host: variables.HOST,
    port: variables.PORT,
    metricsPort: variables.METRICS_PORT ?? null,
    metricsToken: variables.METRICS_TOKEN ?? null,
    tracesUrl: tracesUrlOf(variables),
    logLevel: variables.LOG_LEVEL,
  };
}

function databaseScopeOf({ DATABASE_AUTH: auth }: Variables, { cloud }: Endpoints): string | null {
  const { postgres } = CLOUDS[cloud];
  return auth === 'password' || postgres === null ? null : `${postgres}/.default`;
}

/** Appends the protocol's path for traces to a collector's address (OpenTelemetry: OTLP exporter configuration). */
function tracesUrlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Variables): string | null {
  return endpoint === undefined ? null : `${endpoint}/v1/traces`;
}

function breakGlassOf({ BREAK_GLASS_GROUP_ID: groupId, BREAK_GLASS_WAIT_SECONDS: waitMs }: Variables) {
  return groupId === undefined ? null : { groupId, waitMs };
}

function remindersOf({ REMINDERS, REMIND_AFTER_SECONDS: afterMs, QUIET_SECONDS: quietMs }: Variables) {
  return REMINDERS === 'off' ? null : { afterMs, quietMs };
}

function credentialOf(variables: Variables, { cloud }: Endpoints): CredentialConfig {
  const { CLIENT_SECRET: secret, CLIENT_CERTIFICATE_PATH: path, FEDERATED_CLIENT_ID: identityClientId } = variables;
  const { tokenExchange } = CLOUDS[cloud];
  if (secret !== undefined) return { kind: 'secret', secret };
  if (path !== undefined) return { kind: 'certificate', path };
  if (identityClientId === undefined || tokenExchange === null) return { kind: 'managed_identity' };
  return { kind: 'federated', identityClientId, scope: `${tokenExchange}/.default` };
}

function adminChannelOf({ ADMIN_CHANNEL_ID: channelId, ADMIN_TEAM_ID: teamId }: Variables) {
  return channelId === undefined ? null : { channelId, teamId: teamId ?? null };
}

function mentionTagOf({ MENTION_TAG_ID: id, MENTION_TAG_NAME: name }: Variables) {
  return id === undefined || name === undefined ? null : { id, name };
}

function pushOf({ PUBLIC_URL: publicUrl, NOTIFICATION_SECRET: notificationSecret }: Variables) {
  return publicUrl === undefined || notificationSecret === undefined ? null : { publicUrl, notificationSecret };
}
