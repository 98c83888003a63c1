import { median, percentile, type Sample } from './measure.ts';

/** The value that a figure is compared with, measured in the same run, in the same unit. */
export type Baseline = { readonly name: string; readonly value: number };

export type Figure = {
  readonly name: string;
  /** The kind of database; empty where there is none. */
  readonly on?: string;
  readonly unit: 'ms' | 'bytes' | 'KB' | 'MB' | 'per second' | 'per minute' | 'calls';
  readonly sample: Sample;
  /** Null for an absolute value, such as a size with a limit. */
  readonly baseline: Baseline | null;
};

/** The maximum size of a card in Teams (Microsoft Teams: Format cards in Teams). */
export const MAX_CARD_BYTES: Baseline = { name: 'the 28,000 bytes Teams takes', value: 28_000 };

const HEAD = ['what', 'on', 'ratio', 'to', 'n', 'p50', 'p99'];
/** With fewer values, the 99th percentile would just be the largest. */
const FEWEST_FOR_P99 = 3;

/** Formats the figures as lines of a Markdown table; the ratio is that of the median. */
export function tableOf(figures: readonly Figure[]): readonly string[] {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(HEAD), rule, ...rows.slice(1).map(line)];
}

function cellsOf({ name, on = '', unit, sample, baseline }: Figure): readonly string[] {
  const middle = median(sample);
  const most = sample.length < FEWEST_FOR_P99 ? '' : `${written(percentile(sample, 0.99))} ${unit}`;
  const ratio = baseline === null ? '' : `${(middle / baseline.value).toFixed(middle < 2 * baseline.value ? 2 : 1)}×`;
  return [name, on, ratio, baseline?.name ?? '', String(sample.length), `${written(middle)} ${unit}`, most];
}

function written(value: number): string {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
