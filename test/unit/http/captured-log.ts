import { Writable } from 'node:stream';
import { createLog, type Log } from '../../../src/shared/log.ts';

export type LogLine = { readonly level: string; readonly msg: string; readonly [key: string]: unknown };

/** Creates a log whose lines a test can read. */
export function captureLog(level = 'debug'): { readonly log: Log; readonly lines: readonly LogLine[]; text(): string } {
  const raw: string[] = [];
  const lines: LogLine[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      const line = String(chunk);
      raw.push(line);
      lines.push(JSON.parse(line));
      done();
    },
  });
  return { log: createLog(level, destination), lines, text: () => raw.join('') };
}
