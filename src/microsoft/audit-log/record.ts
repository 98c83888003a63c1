import { z } from 'zod';
import type { ConnectorChange } from '../../incident/model/connector-change.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { connectorRecordIn } from './connector-record.ts';
import { jsonOf } from './error-message.ts';

/** What an audit record means here. */
export type FeedRecord =
  | {
      /** Something about an alert of our policy. */
      readonly kind: 'alert';
      readonly alertId: string;
      /** What it says besides, in which a connector may be named; lower case, a line each. */
      readonly text: string;
    }
  | { readonly kind: 'connector_change'; readonly change: ConnectorChange }
  /** A sender was listed as restricted, or is no longer; whether connectors are told of so is not known. Only a reason to read. */
  | { readonly kind: 'hygiene' };

/** The built-in policy "Suspicious connector activity" has this id in every tenant. */
const POLICY_ID = '8bb9c6c8-dc12-40e1-5bb8-08da05b13393';
const POLICY_NAME = 'suspicious connector activity';
const SECURITY_COMPLIANCE_ALERTS = 40;

const text = z.string().nullish().catch(null);

const recordSchema = z.looseObject({
  Operation: z.string(),
  /** A number, or that number as text: both have been seen. */
  RecordType: z.union([z.number(), z.string()]).nullish().catch(null),
  AlertId: text,
  AlertEntityId: text,
  PolicyId: text,
  Name: text,
  Data: text,
});

type AuditRecord = z.infer<typeof recordSchema>;

const ALERT_OPERATIONS: ReadonlySet<string> = new Set(['AlertTriggered', 'AlertUpdated', 'AlertEntityGenerated']);

/**
 * The records that matter here; any other, and any that makes no sense, is left out (Office 365 Management Activity API
 * schema: Security and Compliance Alerts schema, Exchange Admin schema, Hygiene events schema).
 */
export function recordsIn(rows: readonly unknown[], shapes?: ShapeWatch | undefined): readonly FeedRecord[] {
  return rows.flatMap((row) => {
    const { data } = recordSchema.safeParse(row);
    return data === undefined ? [] : (alertIn(data, shapes) ?? changeIn(row, shapes) ?? hygieneIn(data) ?? []);
  });
}

function alertIn(record: AuditRecord, shapes: ShapeWatch | undefined): FeedRecord | null {
  if (!ALERT_OPERATIONS.has(record.Operation) || Number(record.RecordType) !== SECURITY_COMPLIANCE_ALERTS) return null;
  const { AlertId: id } = record;
  const data = dataOf(record);
  if (!isOurs(record, data)) return null;
  if (id == null || id === '') {
    shapes?.unexpected(
      'feed_alert_id',
      `${record.Operation} without AlertId: ${Object.keys(record).toSorted().join(', ')}`,
    );
    return null;
  }
  // Microsoft documents no relation between the two ids; alerts of other policies show this one.
  return { kind: 'alert', alertId: `fa${id.toLowerCase()}`, text: textOf(record, data) };
}

type Data = Readonly<Record<string, unknown>>;

/** `Data` is JSON inside a text; one that cannot be read says nothing. */
function dataOf({ Data: held }: AuditRecord): Data {
  return z.record(z.string(), z.unknown()).safeParse(jsonOf(held ?? '')).data ?? {};
}

function isOurs({ PolicyId, Name }: AuditRecord, data: Data): boolean {
  const policies = [PolicyId, data.cid].map((id) => (typeof id === 'string' ? id.toLowerCase() : ''));
  return policies.includes(POLICY_ID) || Name?.trim().toLowerCase() === POLICY_NAME;
}

/** Keys of `Data` that hold the policy's own words, ids of other things, times and constants. */
const NEVER_NAMING: ReadonlySet<string> = new Set('etype tid cid rid reid ts te op lon an ad sev wl ut tdc'.split(' '));

function textOf({ AlertEntityId }: AuditRecord, data: Data): string {
  const told = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && !NEVER_NAMING.has(key) ? [value] : [],
  );
  const text = [AlertEntityId ?? '', ...told].map((word) => word.trim().toLowerCase());
  return [...new Set(text)].filter((word) => word !== '').join('\n');
}

/** Documented with the event Listed or Delisted; the operation is seen in public rules that read it. Any event of it will do. */
function hygieneIn({ Operation }: AuditRecord): FeedRecord | null {
  return Operation === 'HygieneTenantEvents' ? { kind: 'hygiene' } : null;
}

/** A change that has no id, or names no connector, cannot be kept. */
function changeIn(row: unknown, shapes: ShapeWatch | undefined): FeedRecord | null {
  const record = connectorRecordIn(row, shapes);
  if (record === null || record.id === null || record.id === '' || record.subjects.length === 0) return null;
  const { id, operation, by, at, subjects } = record;
  return { kind: 'connector_change', change: { id, operation, by, at, subjects } };
}
