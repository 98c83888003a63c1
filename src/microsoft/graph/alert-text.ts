import { isOurComment } from '../../incident/model/comment-signature.ts';
import { jsonIn } from '../../shared/json.ts';

/** The policy's fixed text in every alert (its Comment), which would match a connector called "Connector" or "Activity". */
const BOILERPLATE = [
  /suspicious connector activity/g,
  /connector has been restricted from sending messages due to potential compromise activity\.?(?:\s*-v[\d.]+)?/g,
];

/** Fields with values from a fixed list or with references, which never name a connector (Microsoft Graph: security alert). */
const NEVER_NAMING: ReadonlySet<string> = new Set([
  'status',
  'severity',
  'classification',
  'determination',
  'serviceSource',
  'detectionSource',
  'detectorId',
  'productName',
  'category',
  'categories',
  'mitreTechniques',
  'tenantId',
  'alertWebUrl',
  'incidentId',
  'providerAlertId',
  'alertPolicyId',
  'incidentWebUrl',
]);

const DEEPEST = 32;

/**
 * Collects all text of an alert, in lower case. No field is documented to hold the connector, so every field is searched.
 * JSON inside strings is parsed as well, because its escapes could hide a name. Our own comments are skipped: they would
 * turn an assumption into a match, and a reason that a person gave may name any connector.
 */
export function textOf(alert: Readonly<Record<string, unknown>>): string {
  const naming = Object.entries(alert).filter(([key]) => !NEVER_NAMING.has(key));
  const allText = textsIn(Object.fromEntries(naming), 0).join('\n').toLowerCase();
  return BOILERPLATE.reduce((text, boilerplate) => text.replace(boilerplate, ' '), allText);
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string')
    return [value, ...textsIn(/^\s*[[{]/.test(value) ? jsonIn(value) : undefined, depth + 1)];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const naming = Object.entries(value).filter(([key, held]) => !isMetadata(key) && !isOurs(key, held));
  return naming.flatMap(([, held]) => textsIn(held, depth + 1));
}

/**
 * Returns whether a value is one of our own comments. Outside a comment our signature has no effect, so it cannot be used
 * to hide what an alert is about.
 */
function isOurs(key: string, held: unknown): boolean {
  return key === 'comment' && typeof held === 'string' && isOurComment(held);
}

function isMetadata(key: string): boolean {
  return key.includes('@odata.') || key.endsWith('DateTime');
}
