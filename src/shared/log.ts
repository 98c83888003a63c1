import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import { withinLimit } from './log-line.ts';

/** `event` is a stable snake_case name for programs; the message is for people and may change. */
type Fields = { readonly event: string; readonly [field: string]: unknown };
type Write = (fields: Fields, message: string) => void;

export type Log = { readonly [level in 'debug' | 'info' | 'warn' | 'error']: Write };

const SECRET_PATHS = ['authorization', 'headers.authorization', 'token', 'clientState', 'secret', 'password'];

/** Creates a log that writes one JSON line of at most 2 KB per event to stdout and redacts values under well-known secret names. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (name) => ({ level: name }) },
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    hooks: { streamWrite: withinLimit },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Redirects console output to the log at level debug: botbuilder prints details of rejected tokens, including keys, to the
 * console.
 */
export function quietLibraries(log: Log): void {
  const note = (...args: unknown[]) =>
    log.debug({ event: 'library_output', library: args.map(String).join(' ') }, 'output of a library');
  Object.assign(globalThis.console, { error: note, warn: note, log: note });
}
