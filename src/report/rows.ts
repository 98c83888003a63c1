import type { ReportRow } from './document.ts';

/** Returns no row for an unknown value. */
export function row(label: string, value: string | null | undefined): readonly ReportRow[] {
  return value === null || value === undefined || value === '' ? [] : [{ label, value }];
}

export function timeOf(ms: number): string;
export function timeOf(ms: number | null | undefined): string | null;
/** Returns a time (ms since the epoch) in UTC, to the second. */
export function timeOf(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
