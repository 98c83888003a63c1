import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from '../command/help.ts';
import type { Anchor } from './verify.ts';

type ExportFormat = 'csv' | 'jsonl';

export type AuditCommand =
  | { readonly kind: 'verify'; readonly anchors: readonly Anchor[]; readonly json: boolean }
  | {
      readonly kind: 'export';
      readonly format: ExportFormat;
      /** Ms since the epoch, inclusive. */
      readonly from: number;
      /** Ms since the epoch, exclusive. */
      readonly to: number;
      /** Whether CSV begins with a byte order mark, which Excel needs to read Japanese. */
      readonly bom: boolean;
    }
  | { readonly kind: 'accept'; readonly by: string | null; readonly because: string | null }
  | { readonly kind: 'usage'; readonly reason: string };

export const HELP: Help = {
  summary:
    'Verifies or exports the audit trail in the database of DATABASE_URL, or records that a person accepted a break in it.',
  usage: [
    'npm run audit -- verify [--anchor <number>:<hash>]… [--json]',
    'npm run audit -- export [--from <date>] [--to <date>] [--format csv|jsonl] [--no-bom]',
    'npm run audit -- accept --by <who decided> --because <reason>',
  ],
  options: [
    ['--anchor <n>:<hash>', 'An entry as printed by verify, or as noted in the log or in a Defender comment.'],
    ['--json', 'Print { intact, entries, head, accepted, problems } instead of sentences.'],
    ['--from <date>', 'The start, inclusive: a day (2026-11-24, from 00:00 UTC) or a time with its zone.'],
    ['--to <date>', 'The end, exclusive, in the same format.'],
    ['--format csv|jsonl', 'The format of the export; jsonl by default.'],
    ['--no-bom', 'Begin CSV without a byte order mark, which Excel needs to read Japanese.'],
  ],
  examples: [
    'npm run audit -- verify',
    'npm run audit -- export --format csv --from 2026-11-01 --to 2026-12-01 > november.csv',
  ],
  exitCodes: {
    0: 'The trail is intact, or the command is done.',
    1: 'The trail is broken, or it could not be read.',
    2: NOT_UNDERSTOOD,
  },
};

const OPTIONS = {
  anchor: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  bom: { type: 'boolean' },
  json: { type: 'boolean' },
  by: { type: 'string' },
  because: { type: 'string' },
} as const;

/** Parses the arguments after `npm run audit --`. Arguments that cannot be parsed return `usage` with the reason. */
export function auditCommand(args: readonly string[]): AuditCommand {
  try {
    const config = { args: [...args], allowPositionals: true, allowNegative: true, options: OPTIONS } as const;
    const { values, positionals } = parseArgs(config);
    const [command, ...rest] = positionals;
    if (rest.length > 0) return { kind: 'usage', reason: `"${rest.join(' ')}" is not understood.` };
    if (command === 'verify') return verifyCommand(values);
    if (command === 'accept') return { kind: 'accept', by: optionText(values.by), because: optionText(values.because) };
    if (command !== 'export') return { kind: 'usage', reason: 'Specify a subcommand: verify, export or accept.' };
    const from = values.from === undefined ? 0 : timeIn('--from', values.from);
    const to = values.to === undefined ? Number.MAX_SAFE_INTEGER : timeIn('--to', values.to);
    return { kind: 'export', format: formatIn(values.format ?? 'jsonl'), from, to, bom: values.bom ?? true };
  } catch (error) {
    return { kind: 'usage', reason: error instanceof Error ? error.message : String(error) };
  }
}

function verifyCommand({
  anchor = [],
  json = false,
}: {
  readonly anchor?: string[];
  readonly json?: boolean;
}): AuditCommand {
  return { kind: 'verify', anchors: anchor.map(anchorIn), json };
}

/** Longer than any reason a person writes, and far shorter than what an entry can hold. */
const MAX_LENGTH = 1_000;

function optionText(text = ''): string | null {
  if (text.length > MAX_LENGTH) throw new Error(`--by and --because are at most ${MAX_LENGTH} characters long.`);
  return text.trim() === '' ? null : text.trim();
}

/** Parses an anchor with the whole hash, or with at least the 64 bits of it that logs and comments contain. */
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

/** Whether the day exists. Date.parse reads February 30th as March 2nd. */
function isDay(text: string): boolean {
  const midnight = DAY.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

function formatIn(text: string): ExportFormat {
  if (text === 'csv' || text === 'jsonl') return text;
  throw new Error(`--format ${text} is neither csv nor jsonl.`);
}
