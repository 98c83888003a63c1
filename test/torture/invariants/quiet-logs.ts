import { z } from 'zod';
import type { Exited, Invariant } from '../evidence.ts';

const ERRORS: ReadonlySet<string> = new Set(['error', 'fatal']);
/** Any signed token. */
const TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/;
/** Errors that a service may log while its database is away or full. */
const DATABASE_WORDS =
  /connect|terminat|shutting down|starting up|recovery|ECONN|full|SQLITE|disk|I\/O|database is locked|not_committed|readonly|timeout|57P0|query_canceled/i;

/**
 * Why a notification may be turned away, what Graph repeats and what a disk that is slow for a moment leads to; and a click, when the
 * Bot Framework's keys did not come in time, as from a tenant on a busy machine.
 */
const TURNED_AWAY: ReadonlySet<unknown> = new Set(['full', 'late', 'keys_unavailable']);

const lineSchema = z.looseObject({ level: z.string(), msg: z.string().optional(), code: z.unknown().optional() });

/** No log contains a secret or a token, nothing failed but what the trial made fail, and no process ended by itself. */
export const quietLogs: Invariant = ({ logs, secrets, exits, databaseTroubled }) => {
  const leaks = logs.filter((line) => TOKEN.test(line) || secrets.some((secret) => line.includes(secret)));
  return [
    ...leaks.map((line) => `a secret is in the log: ${line.slice(0, 200)}`),
    ...logs
      .filter((line) => isComplaint(line, databaseTroubled))
      .map((line) => `the log complains: ${line.slice(0, 600)}`),
    ...exits.filter((exit) => !isExpected(exit, databaseTroubled)).map(sentence),
  ];
};

/** Errors of the service's own: a line that is no log line, or one at level error whose cause is no upstream failure. */
function isComplaint(line: string, databaseTroubled: boolean): boolean {
  const parsed = lineSchema.safeParse(jsonOf(line));
  // A killed process may leave its last line unfinished.
  if (!parsed.success) return !line.startsWith('{') && line.trim() !== '';
  const { level, code } = parsed.data;
  if (TURNED_AWAY.has(code)) return false;
  const isBug = 'err' in parsed.data || (ERRORS.has(level) && !('upstream' in parsed.data));
  return isBug && !(databaseTroubled && DATABASE_WORDS.test(line));
}

function isExpected({ code, ordered }: Exited, databaseTroubled: boolean): boolean {
  return ordered || (databaseTroubled && code === 1);
}

function sentence({ replica, code, signal }: Exited): string {
  return `${replica} ended by itself: code ${code}, signal ${signal}`;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
