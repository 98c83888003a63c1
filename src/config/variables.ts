import { isIP } from 'node:net';
import { z } from 'zod';
import { CLOUD_NAMES } from './clouds.ts';
import { isLoopback } from './endpoints.ts';

/**
 * Returns the error message for a missing or invalid variable. It never contains the value, which may be a secret in the
 * wrong place.
 */
function invalid(name: string, fix: string) {
  return {
    error: ({ input }: { readonly input?: unknown }) =>
      `${name} ${input === undefined ? 'is missing' : 'is not valid'}: ${fix}`,
  };
}

/** The id that examples contain in place of a real one. */
const PLACEHOLDER_ID = '00000000-0000-0000-0000-000000000000';

function id(name: string, what: string) {
  const { error } = invalid(name, `set it to ${what}, a GUID.`);
  return z
    .guid({ error })
    .refine((value) => value !== PLACEHOLDER_ID, { error })
    .toLowerCase();
}

function ids(name: string, fix: string) {
  return list(name, z.guid(), fix);
}

/** Parses comma-separated values in lower case; empty when the variable is not set. */
function list(name: string, item: z.ZodType<string>, fix: string) {
  const { error } = invalid(name, fix);
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim().toLowerCase()])))
    .pipe(z.array(z.string().refine((one) => item.safeParse(one).success, { error })));
}

/** Returns whether a text is an address that node:dns accepts; an IPv6 address with a port is in brackets. */
function isServerAddress(text: string): boolean {
  const [, inBrackets, v4, port] = /^(?:\[([\da-f:]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  return isIP(inBrackets ?? v4 ?? text) !== 0 && Number(port ?? 0) <= 65_535;
}

const MAX_SECONDS = 999_999_999;

function milliseconds(name: string, seconds: number) {
  const { error } = invalid(name, 'use a whole number of seconds from 1 up.');
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .default(String(seconds))
    .transform(Number)
    .pipe(z.number().min(1, { error }).max(MAX_SECONDS))
    .transform((value) => value * 1000);
}

/** Parses a number of days to ms. */
function days(name: string) {
  const { error } = invalid(name, 'use a whole number of days from 1 to 999.');
  return z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error })
    .transform((value) => Number(value) * 86_400_000);
}

/** Returns whether Graph can reach the address: https, or loopback for tests. */
function isReachable(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isOpen = url.protocol === 'https:' || isLoopback(url);
  return isOpen && url.search === '' && url.hash === '' && url.username === '';
}

/**
 * Returns whether a text is a collector's address. On this machine or in a private network it may lack a certificate, so
 * http is allowed.
 */
function isCollector(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).search === '';
}

/**
 * Returns whether a text names a file or a PostgreSQL server. A database in memory would lose its incidents and audit trail with
 * the process. A server without a host is on this machine (node-postgres: connection URI).
 */
function isDatabase(value: string): boolean {
  if (value.startsWith('file:')) return /^file:(?!:memory:)./.test(value);
  return /^postgres(ql)?:\/\/./.test(value) && URL.canParse(value.replace(/@(?=[/?]|$)/, '@localhost'));
}

const text = z.string().optional();

/** The longest clientState of a subscription, in characters (Microsoft Graph). */
const MAX_CLIENT_STATE = 128;
const MIN_SECRET = 32;
const PORT_FIX = 'use a port number from 0 to 65535; 0 takes any free one.';
const SECRET_FIX = `use a random text of ${MIN_SECRET} to ${MAX_CLIENT_STATE} characters, such as the output of "openssl rand -hex 32".`;

export const DEFAULT_PORT = '3978';

export const variablesSchema = z.object({
  CLIENT_ID: id('CLIENT_ID', "the application (client) id of the bot's Entra application"),
  TENANT_ID: id('TENANT_ID', 'the id of the one Entra tenant it serves'),
  CLIENT_SECRET: text,
  CLIENT_CERTIFICATE_PATH: text,
  FEDERATED_CLIENT_ID: id(
    'FEDERATED_CLIENT_ID',
    'the client id of the managed identity that stands for the application',
  ).optional(),
  APPROVER_GROUP_ID: id(
    'APPROVER_GROUP_ID',
    'the object id of the Entra group whose members may approve and confirm',
  ).optional(),
  APPROVER_ROLE_IDS: z
    .string()
    .toLowerCase()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(z.guid(invalid('APPROVER_ROLE_IDS', 'use template ids of Entra roles, GUIDs separated by commas.'))))
    .transform((ids) => [...new Set(ids)])
    .optional(),
  ESCALATION_GROUP_ID: id(
    'ESCALATION_GROUP_ID',
    'the object id of the Entra group to mention when nobody reacts to reminders',
  ).optional(),
  BREAK_GLASS_GROUP_ID: id(
    'BREAK_GLASS_GROUP_ID',
    'the object id of the Entra group whose members may unblock alone in an emergency',
  ).optional(),
  ADMIN_CHANNEL_ID: z
    .string()
    .regex(
      /^19:[^@\s]+@thread\.(tacv2|skype)$/,
      invalid('ADMIN_CHANNEL_ID', 'use the Teams channel id, like 19:…@thread.tacv2; from a link, decode %3A and %40.'),
    )
    .optional(),
  ADMIN_TEAM_ID: id('ADMIN_TEAM_ID', "the object id of the team's Entra group").optional(),
  PUBLIC_URL: z
    .string()
    .refine(
      isReachable,
      invalid('PUBLIC_URL', 'use the https:// address at which Microsoft Graph reaches this service.'),
    )
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  NOTIFICATION_SECRET: z
    .string()
    .min(MIN_SECRET, invalid('NOTIFICATION_SECRET', SECRET_FIX))
    .max(MAX_CLIENT_STATE, invalid('NOTIFICATION_SECRET', SECRET_FIX))
    .optional(),
  SUBSCRIPTION_RESOURCE: z
    .string()
    .regex(
      /^\/?security\/[\w/?$='() ]+$/,
      invalid('SUBSCRIPTION_RESOURCE', 'use a Graph security resource, such as security/alerts_v2.'),
    )
    .transform((value) => value.replace(/^\//, ''))
    .default('security/alerts_v2'),
  DATABASE_URL: z
    .string()
    .refine(
      isDatabase,
      invalid(
        'DATABASE_URL',
        'use file: and the path of an SQLite database, or a postgres:// address, in whose password # / ? and @ are %23 %2F %3F and %40.',
      ),
    )
    .default('file:data/incidents.sqlite'),
  DATABASE_AUTH: z.enum(['password', 'entra'], invalid('DATABASE_AUTH', 'use password or entra.')).default('password'),
  UNBLOCK_MODE: z
    .enum(
      ['exchange', 'powershell', 'manual', 'dry-run'],
      invalid('UNBLOCK_MODE', 'use exchange, powershell, manual or dry-run.'),
    )
    .default('exchange'),
  PWSH_PATH: z.string().default('pwsh'),
  POLL_SECONDS: milliseconds('POLL_SECONDS', 60),
  CONFIRM_WITHIN_SECONDS: milliseconds('CONFIRM_WITHIN_SECONDS', 3600),
  VERIFY_WITHIN_SECONDS: milliseconds('VERIFY_WITHIN_SECONDS', 5400),
  OUTAGE_AFTER_SECONDS: milliseconds('OUTAGE_AFTER_SECONDS', 300),
  BREAK_GLASS_WAIT_SECONDS: milliseconds('BREAK_GLASS_WAIT_SECONDS', 900),
  SELF_CHECK: z.enum(['on', 'off'], invalid('SELF_CHECK', 'use on or off.')).default('on'),
  HEARTBEAT: z.enum(['weekly', 'off'], invalid('HEARTBEAT', 'use weekly or off.')).default('off'),
  REMINDERS: z.enum(['on', 'off'], invalid('REMINDERS', 'use on or off.')).default('on'),
  DIGEST: z.enum(['on', 'off'], invalid('DIGEST', 'use on or off.')).default('on'),
  DRILL_EVERY_DAYS: days('DRILL_EVERY_DAYS').optional(),
  WATCH_AFTER_UNBLOCK_SECONDS: milliseconds('WATCH_AFTER_UNBLOCK_SECONDS', 259_200),
  REMIND_AFTER_SECONDS: milliseconds('REMIND_AFTER_SECONDS', 900),
  QUIET_SECONDS: milliseconds('QUIET_SECONDS', 3600),
  DO_NOT_MENTION_IDS: ids('DO_NOT_MENTION_IDS', 'use object ids of people, GUIDs separated by commas.'),
  MENTION_TAG_ID: z.string().max(300, invalid('MENTION_TAG_ID', 'use the id of a tag of the team.')).optional(),
  MENTION_TAG_NAME: z.string().max(64, invalid('MENTION_TAG_NAME', 'use the name of the tag.')).optional(),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, invalid('TIME_ZONE', 'use the IANA name of a time zone, such as Asia/Tokyo.'))
    .default('UTC'),
  LOCALE: z.enum(['en-US', 'ja-JP'], invalid('LOCALE', 'use en-US or ja-JP.')).default('en-US'),
  DNS_SERVERS: list(
    'DNS_SERVERS',
    z.string().refine(isServerAddress),
    'use IP addresses of resolvers, each with an optional port, separated by commas.',
  ),
  DNS_BLOCK_LISTS: list(
    'DNS_BLOCK_LISTS',
    z.hostname().includes('.'),
    'use zones such as zen.spamhaus.org, separated by commas.',
  ),
  CLOUD: z
    .enum(CLOUD_NAMES, invalid('CLOUD', 'use public, gcc-high, dod, china, france, germany or custom.'))
    .optional(),
  ACTIVITY_FEED: z.enum(['on', 'off'], invalid('ACTIVITY_FEED', 'use on or off.')).default('off'),
  GRAPH_ENDPOINT: text,
  EXCHANGE_ENDPOINT: text,
  ACTIVITY_FEED_ENDPOINT: text,
  BOT_OPENID_METADATA_URL: text,
  TEAMS_SERVICE_URL: text,
  AUTHORITY_HOST: text,
  BOT_API: text,
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, invalid('HOST', 'use the address to listen on, such as 0.0.0.0.'))
    .default('0.0.0.0'),
  PORT: port('PORT').default(DEFAULT_PORT).transform(Number).pipe(portNumber('PORT')),
  METRICS_PORT: port('METRICS_PORT').transform(Number).pipe(portNumber('METRICS_PORT')).optional(),
  METRICS_TOKEN: z
    .string()
    .min(MIN_SECRET, invalid('METRICS_TOKEN', `use a random text of at least ${MIN_SECRET} characters.`))
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(
      isCollector,
      invalid('OTEL_EXPORTER_OTLP_ENDPOINT', 'use the http:// or https:// address of an OpenTelemetry collector.'),
    )
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      invalid('LOG_LEVEL', 'use fatal, error, warn, info, debug, trace or silent.'),
    )
    .default('info'),
});

export type Variables = z.infer<typeof variablesSchema>;
/** The variables as text from the environment. An empty one counts as not set. */
export type RawVariables = Readonly<Record<string, string | undefined>>;

function port(name: 'PORT' | 'METRICS_PORT') {
  return z.string().regex(/^\d{1,5}$/, invalid(name, PORT_FIX));
}

function portNumber(name: 'PORT' | 'METRICS_PORT') {
  return z.number().max(65_535, invalid(name, PORT_FIX));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
