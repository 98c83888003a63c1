import { z } from 'zod';
import type { ConnectorChange } from '../../incident/model/connector-change.ts';
import { jsonIn } from '../../shared/json.ts';
import { POLICY_ID, POLICY_NAME } from '../alert-policy.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { connectorRecordIn } from './connector-record.ts';

/** An audit record as this service uses it. */
export type FeedRecord =
  | {
      /** An event of an alert of our policy. */
      readonly kind: 'alert';
      readonly alertId: string;
      /** The record's other text, which may name a connector; lower case, one value per line. */
      readonly text: string;
    }
  | { readonly kind: 'connector_change'; readonly change: ConnectorChange }
  /**
   * A sender was restricted or released. Whether such records are written for connectors is not known, so this only
   * triggers a reading.
   */
  | { readonly kind: 'hygiene' };

const SECURITY_COMPLIANCE_ALERTS = 40;

const text = z.string().nullish().catch(null);

const recordSchema = z.looseObject({
  Operation: z.string(),
  /** Seen both as a number and as text. */
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
 * Parses the records that this service uses and skips all others, unreadable ones included (Office 365 Management Activity
 * API schema: Security and Compliance Alerts schema, Exchange Admin schema, Hygiene events schema).
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
  // Microsoft does not document how the two ids are related. Published alerts of other policies show this prefix.
  return { kind: 'alert', alertId: `fa${id.toLowerCase()}`, text: textOf(record, data) };
}

type Data = Readonly<Record<string, unknown>>;

/** Parses `Data`, which is JSON in a string. Returns an empty record when it cannot be parsed. */
function dataOf({ Data: held }: AuditRecord): Data {
  return z.record(z.string(), z.unknown()).safeParse(jsonIn(held ?? '')).data ?? {};
}

function isOurs({ PolicyId, Name }: AuditRecord, data: Data): boolean {
  const policies = [PolicyId, data.cid].map((id) => (typeof id === 'string' ? id.toLowerCase() : ''));
  return policies.includes(POLICY_ID) || Name?.trim().toLowerCase() === POLICY_NAME;
}

/** Keys of `Data` that never name a connector: the policy's own text, other ids, times and constants. */
const NEVER_NAMING: ReadonlySet<string> = new Set('etype tid cid rid reid ts te op lon an ad sev wl ut tdc'.split(' '));

function textOf({ AlertEntityId }: AuditRecord, data: Data): string {
  const values = Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && !NEVER_NAMING.has(key) ? [value] : [],
  );
  const text = [AlertEntityId ?? '', ...values].map((line) => line.trim().toLowerCase());
  return [...new Set(text)].filter((line) => line !== '').join('\n');
}

/** Documented with the events Listed and Delisted; the operation's name comes from public detection rules. Any event counts. */
function hygieneIn({ Operation }: AuditRecord): FeedRecord | null {
  return Operation === 'HygieneTenantEvents' ? { kind: 'hygiene' } : null;
}

/** Returns null for a change without an id or a connector's name: it cannot be stored. */
function changeIn(row: unknown, shapes: ShapeWatch | undefined): FeedRecord | null {
  const record = connectorRecordIn(row, shapes);
  if (record === null || record.id === null || record.id === '' || record.subjects.length === 0) return null;
  const { id, operation, by, at, subjects } = record;
  return { kind: 'connector_change', change: { id, operation, by, at, subjects } };
}
