import type { AuditRow } from '../storage/schema.ts';

const COLUMNS = [
  'seq',
  'at',
  'action',
  'incident_id',
  'connector_id',
  'actor_id',
  'actor_name',
  'details',
  'previous_hash',
  'hash',
] as const satisfies readonly (keyof AuditRow)[];

export const CSV_HEADER = COLUMNS.join(',');

/** One entry as a line of CSV (RFC 4180), its time in ISO 8601; a cell a spreadsheet would run as a formula is made text. */
export function csvLine(row: AuditRow): string {
  return COLUMNS.map((column) => cell(column === 'at' ? new Date(row.at).toISOString() : row[column])).join(',');
}

/** One entry as a line of JSON, its time in ISO 8601 and its details as an object. */
export function jsonLine(row: AuditRow): string {
  const details: unknown = JSON.parse(row.details);
  return JSON.stringify({ ...row, at: new Date(row.at).toISOString(), details });
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
