import { isOurComment } from '../../incident/model/comment-signature.ts';

/** What the policy says in every alert (its Comment): it would name a connector called "Connector" or "Activity". */
const BOILERPLATE = [
  /suspicious connector activity/g,
  /connector has been restricted from sending messages due to potential compromise activity\.?(?:\s*-v[\d.]+)?/g,
];

/** Fields whose values come from a fixed list or only point somewhere (Microsoft Graph: security alert): no connector is named there. */
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
 * Everything an alert says, in lower case, wherever it says it: no documented field holds a connector, so any may.
 * JSON inside a string is read too, since its escapes would hide a name. What we said ourselves in a comment is left out:
 * it would make certain what was only likely, and a reason that somebody gave may name any connector.
 */
export function textOf(alert: Readonly<Record<string, unknown>>): string {
  const naming = Object.entries(alert).filter(([key]) => !NEVER_NAMING.has(key));
  const said = textsIn(Object.fromEntries(naming), 0).join('\n').toLowerCase();
  return BOILERPLATE.reduce((text, boilerplate) => text.replace(boilerplate, ' '), said);
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') return [value, ...textsIn(jsonIn(value), depth + 1)];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const naming = Object.entries(value).filter(([key, held]) => !isMetadata(key) && !isOurs(key, held));
  return naming.flatMap(([, held]) => textsIn(held, depth + 1));
}

/** Elsewhere than in a comment our signature is somebody's attempt to hide what an alert is about. */
function isOurs(key: string, held: unknown): boolean {
  return key === 'comment' && typeof held === 'string' && isOurComment(held);
}

function isMetadata(key: string): boolean {
  return key.includes('@odata.') || key.endsWith('DateTime');
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
