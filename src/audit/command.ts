import { parseArgs } from 'node:util';
import type { Anchor } from './verify.ts';

type ExportFormat = 'csv' | 'jsonl';

export type AuditCommand =
  | { readonly kind: 'verify'; readonly anchors: readonly Anchor[] }
  | {
      readonly kind: 'export';
      readonly format: ExportFormat;
      /** Ms since the epoch, inclusive. */
      readonly from: number;
      /** Ms since the epoch, exclusive. */
      readonly to: number;
      /** Whether CSV begins with a byte order mark, without which Excel takes Japanese for another encoding. */
      readonly bom: boolean;
    }
  | { readonly kind: 'accept'; readonly by: string | null; readonly because: string | null }
  | { readonly kind: 'usage'; readonly why: string };

export const USAGE = [
  'npm run audit -- verify [--anchor <number>:<hash>]…',
  'npm run audit -- export [--from <date>] [--to <date>] [--format csv|jsonl] [--no-bom]',
  'npm run audit -- accept --by <who decided> --because <reason>',
  'A date is a day, such as 2026-11-24, which begins at 00:00 UTC, or a time with its zone, such as 2026-11-24T09:00:00+09:00.',
  '--from is inclusive, --to exclusive. An anchor is what verify printed, the log said or a Defender comment holds.',
  'DATABASE_URL says which database.',
].join('\n');

const OPTIONS = {
  anchor: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  bom: { type: 'boolean' },
  by: { type: 'string' },
  because: { type: 'string' },
} as const;

/** Reads the words after `npm run audit --`; what cannot be read says why. */
export function auditCommand(words: readonly string[]): AuditCommand {
  try {
    const config = { args: [...words], allowPositionals: true, allowNegative: true, options: OPTIONS } as const;
    const { values, positionals } = parseArgs(config);
    const [command, ...rest] = positionals;
    if (rest.length > 0) return { kind: 'usage', why: `"${rest.join(' ')}" is not understood.` };
    if (command === 'verify') return { kind: 'verify', anchors: (values.anchor ?? []).map(anchorIn) };
    if (command === 'accept') return { kind: 'accept', by: said(values.by), because: said(values.because) };
    if (command !== 'export') return { kind: 'usage', why: 'Say verify, export or accept.' };
    const from = values.from === undefined ? 0 : timeIn('--from', values.from);
    const to = values.to === undefined ? Number.MAX_SAFE_INTEGER : timeIn('--to', values.to);
    return { kind: 'export', format: formatIn(values.format ?? 'jsonl'), from, to, bom: values.bom ?? true };
  } catch (error) {
    return { kind: 'usage', why: error instanceof Error ? error.message : String(error) };
  }
}

/** More than a person writes as a reason, and far less than an entry may hold. */
const LONGEST = 1_000;

function said(text = ''): string | null {
  if (text.length > LONGEST) throw new Error(`--by and --because are at most ${LONGEST} characters long.`);
  return text.trim() === '' ? null : text.trim();
}

/** The whole hash, or at least the 64 bits of it that logs and comments hold. */
function anchorIn(text: string): Anchor {
  const match = /^(\d{1,15}):([0-9a-f]{16,64})$/i.exec(text);
  if (match?.[1] === undefined || match[2] === undefined || match[1] === '0')
    throw new Error(`--anchor ${text} is not a number, a colon and 16 to 64 digits of a hash.`);
  return { seq: Number(match[1]), hash: match[2].toLowerCase() };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/i;

function timeIn(name: string, text: string): number {
  const [, day, zone] = TIME.exec(text) ?? [];
  if (day !== undefined && zone === undefined) throw new Error(`${name} ${text} has no zone: add Z or, say, +09:00.`);
  const time = isDay(day ?? text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`${name} ${text} is not a date.`);
  return time;
}

/** A day there is: Date.parse takes February 30th for March 2nd. */
function isDay(text: string): boolean {
  const midnight = DAY.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

function formatIn(text: string): ExportFormat {
  if (text === 'csv' || text === 'jsonl') return text;
  throw new Error(`--format ${text} is neither csv nor jsonl.`);
}
