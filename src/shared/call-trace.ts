import { AsyncLocalStorage } from 'node:async_hooks';
import type { UpstreamFailure, UpstreamService } from './errors.ts';

/** One call to another system, as the audit trail names it. */
export type RecordedCall = {
  readonly service: UpstreamService;
  readonly operation: string;
  /** The service's own id for the call, else the one we sent with it. */
  readonly requestId: string | null;
  readonly outcome: 'ok' | UpstreamFailure;
};

/** A first read of many pages must not fill every entry it leads to. */
const MAX_CALLS = 40;

const record = new AsyncLocalStorage<RecordedCall[]>();

/** Runs one piece of work, a click or a job, and keeps on record which calls it makes. */
export function recordingCalls<T>(work: () => Promise<T>): Promise<T> {
  return record.run([], work);
}

/** Notes a finished call of the work that runs now; nothing outside of `recordingCalls`. */
export function recordCall(call: RecordedCall): void {
  const calls = record.getStore();
  if (calls === undefined) return;
  calls.push(call);
  if (calls.length > MAX_CALLS) calls.shift();
}

/** The calls that the work which runs now has finished so far, the latest 40 of them. */
export function recordedCalls(): readonly RecordedCall[] {
  return [...(record.getStore() ?? [])];
}
