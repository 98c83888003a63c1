import { HOUR_MS } from '../../incident/model/duration.ts';
import { instantOf } from '../../microsoft/http/instant.ts';

const MAX_DEPTH = 4;
const MAX_PROPERTIES = 80;

/** Values of enumerations that Microsoft documents. None of them identifies a tenant. */
const ENUMS: ReadonlySet<string> = new Set(
  [
    'OnPremises Partner Default HybridWizard Migrated AdminUI True False',
    'new inProgress resolved unknown unknownFutureValue informational low medium high Low Medium High Informational Active',
    'microsoftDefenderForOffice365 microsoft365Defender microsoftDefenderForEndpoint',
    'falsePositive truePositive informationalExpectedActivity',
    'Connector Mailbox InitialAccess Execution Persistence PrivilegeEscalation DefenseEvasion CredentialAccess Discovery LateralMovement',
    'Collection Exfiltration CommandAndControl Impact SuspiciousActivity Malware ThreatManagement MailFlow',
    'AlertTriggered AlertEntityGenerated AlertUpdated HygieneTenantEvents Listed Delisted User Recipients Sender MalwareFamily',
    'delivered expanded failed filteredAsSpam gettingStatus pending quarantined Delivered Blocked Junked Replaced',
    'Inbound Outbound Intra-org System SecurityComplianceCenter Exchange',
  ]
    .join(' ')
    .split(' '),
);
const TYPE_NAME = /^#?(microsoft\.graph\.|Collection\(|System\.|Exchange\.)[\w.()]{1,80}$/;
const SIDECAR = /@(odata|data)\.type$/;

const GUID = /^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;
const KINDS: readonly (readonly [RegExp, string])[] = [
  [GUID, 'guid'],
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i, 'text with a guid in it'],
  [/^https?:\/\//i, 'web address'],
  [/^[^@\s=;,]+@[^@\s=;,]+\.[^@\s=;,]+$/, 'mail address'],
  [/^(\d{1,3}\.){3}\d{1,3}(\/\d+)?$/, 'IPv4'],
  [/^[\da-f]*:[\da-f:]+(\/\d+)?$/i, 'IPv6'],
  [/^\s*[{[]/, 'JSON text'],
  [/^\d+$/, 'digits'],
];

/**
 * Describes a value by property names, types and lengths. It includes values only of enums, booleans and counts, and times to
 * the hour.
 */
export function shapeOf(value: unknown, depth = 0): readonly string[] {
  if (Array.isArray(value)) return arrayShape(value, depth);
  if (typeof value === 'string') return textLines(value, depth);
  if (typeof value !== 'object' || value === null) return [scalarShape(value)];
  if (depth >= MAX_DEPTH) return [`an object (${Object.keys(value).length} properties)`];
  return objectShape(value, depth);
}

/** Appends the type that a sidecar property (`Guid@data.type`) gives. */
function objectShape(value: object, depth: number): readonly string[] {
  const all = Object.entries(value);
  const types = new Map(all.flatMap(([name, held]) => (SIDECAR.test(name) ? [[name, typeName(held)] as const] : [])));
  const entries = all.filter(([name]) => !types.has(name) || name.startsWith('@'));
  const lines = entries.slice(0, MAX_PROPERTIES).flatMap(([name, held]) => {
    const type = types.get(name) ?? types.get(`${name}@odata.type`) ?? types.get(`${name}@data.type`);
    const [first = '', ...rest] = types.has(name) ? [] : shapeOf(held, depth + 1);
    const isObject = typeof held === 'object' && held !== null && !Array.isArray(held);
    const suffix = type === undefined ? '' : ` [${type}]`;
    return isObject
      ? [`${nameShape(name)}:${suffix}`, ...[first, ...rest].map(indented)]
      : [`${nameShape(name)}: ${first}${suffix}`, ...rest.map(indented)];
  });
  const more = entries.length - MAX_PROPERTIES;
  return [...lines, ...(more > 0 ? [`and ${more} more properties`] : [])];
}

function typeName(value: unknown): string {
  return typeof value === 'string' && TYPE_NAME.test(value) ? value : 'a type';
}

/** Describes JSON inside a string too; audit records contain it. */
function textLines(text: string, depth: number): readonly string[] {
  if (!/^\s*[{[]/.test(text) || depth >= MAX_DEPTH) return [textShape(text)];
  try {
    return [`JSON text (${text.length}) of`, ...shapeOf(JSON.parse(text), depth + 1).map(indented)];
  } catch {
    return [textShape(text)];
  }
}

function arrayShape(items: readonly unknown[], depth: number): readonly string[] {
  if (items.length === 0) return ['list (0)'];
  const shapes = [...new Set(items.map((item) => shapeOf(item, depth + 1).join('\n')))];
  const [first = ''] = shapes;
  const kinds = shapes.length > 1 ? `, ${shapes.length} different shapes, the first:` : ' of';
  return [`list (${items.length})${kinds}`, ...first.split('\n').map(indented)];
}

function scalarShape(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
  return typeof value;
}

function textShape(text: string): string {
  if (text === '') return 'empty text';
  if (ENUMS.has(text)) return `"${text}"`;
  const time = instantOf(text);
  if (time !== null) return `time ${hourOf(time)} (${fractionOf(text)})`;
  const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'text';
  return `${kind} (${text.length})`;
}

export function hourOf(ms: number): string {
  return new Date(Math.round(ms / HOUR_MS) * HOUR_MS).toISOString().replace(':00:00.000Z', 'h UTC');
}

function fractionOf(text: string): string {
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const zone = /Z$/i.test(text) ? 'Z' : /[+-]\d\d:?\d\d$/.test(text) ? 'an offset' : 'no zone';
  return `${digits} digits of a second's fraction, ${zone}`;
}

/** Returns the name of a property if it consists of letters, as Microsoft's do; another name may be one that a person chose. */
export function nameShape(name: string): string {
  return /^@?[A-Za-z][A-Za-z_]{0,59}([@.][A-Za-z.]{1,40})?\d?$/.test(name) ? name : `a property (${name.length})`;
}

function indented(line: string): string {
  return `  ${line}`;
}
