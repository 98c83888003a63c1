import { z } from 'zod';
import { isoTime } from '../shared/iso-time.ts';
import { jsonIn } from '../shared/json.ts';
import type { AuditRow } from '../storage/schema.ts';

/** The columns, in the order an auditor reads them. docs/audit.md describes each; new ones are added only at the end. */
const COLUMNS = [
  'seq',
  'at',
  'action',
  'outcome',
  'actor_name',
  'actor_object_id',
  'actor_tenant_id',
  'connector',
  'connector_id',
  'incident_id',
  'state',
  'revision',
  'card_revision',
  'reason',
  'refusal',
  'approval_id',
  'approver',
  'confirmer',
  'fingerprint',
  'request_ids',
  'details',
  'previous_hash',
  'hash',
] as const;

type Column = (typeof COLUMNS)[number];
type Cell = string | number | null;

export const CSV_HEADER = COLUMNS.join(',');

const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const person = z.object({ name: z.string() }).nullish().catch(null);

/** The details of either shape that have a column. Older entries have fewer of them. */
const detailsSchema = z.looseObject({
  outcome: text,
  connector: text,
  state: text,
  revision: number,
  cardRevision: number,
  reason: text,
  refusal: text,
  fingerprint: text,
  approvalId: text,
  approval: z.object({ id: text, approver: person, confirmer: person }).nullish().catch(null),
  requestId: text,
  calls: z
    .array(z.object({ operation: z.string(), requestId: text }))
    .nullish()
    .catch(null),
});

type Details = z.infer<typeof detailsSchema>;

/**
 * Formats one entry as a line of CSV (RFC 4180), with its time in ISO 8601 and UTC. A cell that a spreadsheet would run as a
 * formula is turned into text.
 */
export function csvLine(row: AuditRow): string {
  const cells = cellsOf(row, detailsSchema.catch({}).parse(jsonIn(row.details)));
  return COLUMNS.map((column) => cell(cells[column])).join(',');
}

/**
 * Formats one entry as a line of JSON: the stored columns, with the time in ISO 8601 and the details as an object. Details that
 * are no JSON, as of a changed entry, stay a text.
 */
export function jsonLine(row: AuditRow): string {
  return JSON.stringify({ ...row, at: isoTime(row.at), details: jsonIn(row.details) ?? row.details });
}

function cellsOf(row: AuditRow, details: Details): { readonly [column in Column]: Cell } {
  const { seq, action, incident_id, connector_id, actor_name, previous_hash, hash } = row;
  const [tenant, person] = row.actor_id?.split('/') ?? [];
  const { outcome, connector, state, revision, reason, refusal, fingerprint, approval } = details;
  return {
    seq,
    at: isoTime(row.at),
    action,
    outcome: outcome ?? null,
    actor_name,
    actor_object_id: person ?? null,
    actor_tenant_id: tenant ?? null,
    connector: connector ?? null,
    connector_id,
    incident_id,
    state: state ?? null,
    revision: revision ?? null,
    card_revision: details.cardRevision ?? null,
    reason: reason ?? null,
    refusal: refusal ?? null,
    approval_id: approval?.id ?? details.approvalId ?? null,
    approver: approval?.approver?.name ?? null,
    confirmer: approval?.confirmer?.name ?? null,
    fingerprint: fingerprint ?? null,
    request_ids: requestIds(details),
    details: row.details,
    previous_hash,
    hash,
  };
}

function requestIds({ calls, requestId }: Details): string | null {
  if (calls === null || calls === undefined) return requestId ?? null;
  return calls.map((call) => `${call.operation} ${call.requestId ?? ''}`.trim()).join('; ');
}

/**
 * The beginnings of a cell that Excel and others run as a formula, full-width signs, tabs and line breaks included (OWASP: CSV
 * Injection).
 */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;

function cell(value: Cell): string {
  const written = value === null ? '' : String(value);
  const harmless = FORMULA.test(written) ? `'${written}` : written;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
