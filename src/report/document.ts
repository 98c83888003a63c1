import { isoTime } from '../shared/iso-time.ts';

/** A report as data, independent of its HTML or Markdown form. All texts are literal and contain no markup. */
export type ReportDocument = {
  readonly language: string;
  readonly title: string;
  readonly sections: readonly ReportSection[];
};

export type ReportSection = {
  readonly title: string;
  /** Pairs of a label and a value; a label may be empty. */
  readonly rows: readonly ReportRow[];
};

export type ReportRow = { readonly label: string; readonly value: string };

/** Returns no row for an unknown value. */
export function row(label: string, value: string | null | undefined): readonly ReportRow[] {
  return value === null || value === undefined || value === '' ? [] : [{ label, value }];
}

export function timeOf(ms: number): string;
export function timeOf(ms: number | null | undefined): string | null;
/** Returns a time (ms since the epoch) in UTC, to the second. */
export function timeOf(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : isoTime(ms).replace(/\.\d+Z$/, 'Z');
}
