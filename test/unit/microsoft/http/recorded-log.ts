import { PassThrough } from 'node:stream';
import { createLog, type Log } from '../../../../src/shared/log.ts';

export const silentLog: Log = createLog('silent');

/** Creates a log whose output a test can read. */
export function recordedLog(level: string) {
  const stream = new PassThrough();
  const log = createLog(level, stream);
  const text = (): string => String(stream.read() ?? '');
  return { log, text };
}
