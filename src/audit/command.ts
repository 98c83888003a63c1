import { parseArgs } from 'node:util';
import type { AuditHead } from '../storage/audit.ts';

export type AuditCommand =
  | { readonly kind: 'verify'; readonly anchor: AuditHead | null }
  | { readonly kind: 'export'; readonly format: 'csv' | 'jsonl'; readonly from: number; readonly to: number }
  | { readonly kind: 'usage'; readonly why: string };

export const USAGE = [
  'npm run audit -- verify [--anchor <number>:<hash>]',
  'npm run audit -- export [--from <date>] [--to <date>] [--format csv|jsonl]',
  'Dates are ISO 8601, such as 2026-11-24 or 2026-11-24T09:00:00Z; --to is exclusive. DATABASE_URL says which database.',
].join('\n');

/** Reads the words after `npm run audit --`; what cannot be read says why. */
export function auditCommand(words: readonly string[]): AuditCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        anchor: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        format: { type: 'string' },
      },
    });
    const [command] = positionals;
    if (command === 'verify')
      return { kind: 'verify', anchor: values.anchor === undefined ? null : anchorIn(values.anchor) };
    if (command !== 'export') return { kind: 'usage', why: 'Say verify or export.' };
    const from = values.from === undefined ? 0 : timeIn('--from', values.from);
    const to = values.to === undefined ? Number.MAX_SAFE_INTEGER : timeIn('--to', values.to);
    return { kind: 'export', format: formatIn(values.format ?? 'jsonl'), from, to };
  } catch (error) {
    return { kind: 'usage', why: error instanceof Error ? error.message : String(error) };
  }
}

function anchorIn(text: string): AuditHead {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) throw new Error('--anchor is a number, a colon and a hash.');
  return { seq: Number(match[1]), hash: match[2] };
}

function timeIn(name: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`${name} ${text} is not a date.`);
  return time;
}

function formatIn(text: string): 'csv' | 'jsonl' {
  if (text === 'csv' || text === 'jsonl') return text;
  throw new Error(`--format ${text} is neither csv nor jsonl.`);
}
