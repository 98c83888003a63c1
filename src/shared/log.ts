import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> & { child(bindings: Record<string, unknown>): Log };

const SECRET_PATHS = ['authorization', 'headers.authorization', 'token', 'clientState', 'secret', 'password'];

/** One JSON line per event on stdout; values under well-known secret names are replaced. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, redact: { paths: SECRET_PATHS, censor: '[redacted]' } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** botbuilder prints what it makes of refused tokens, keys included, past the log; at debug it goes where all else goes. */
export function quietLibraries(log: Log): void {
  const note = (...words: unknown[]) => log.debug({ library: words.map(String).join(' ') }, 'a library said');
  Object.assign(globalThis.console, { error: note, warn: note, log: note });
}
