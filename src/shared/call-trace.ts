import { AsyncLocalStorage } from 'node:async_hooks';
import type { UpstreamFailure, UpstreamService } from './errors.ts';

/** A call to another system, as the audit trail records it. */
export type RecordedCall = {
  readonly service: UpstreamService;
  readonly operation: string;
  /** The service's id for the call, or the client request id when the service returned none. */
  readonly requestId: string | null;
  readonly outcome: 'ok' | UpstreamFailure;
};

/** A reading of many pages must not fill the audit entries that follow from it. */
const MAX_CALLS = 40;

const record = new AsyncLocalStorage<RecordedCall[]>();

/** Runs `work`, such as a click or a job, and records the calls it makes. */
export function recordingCalls<T>(work: () => Promise<T>): Promise<T> {
  return record.run([], work);
}

/** Records a finished call of the current work. Does nothing outside `recordingCalls`. */
export function recordCall(call: RecordedCall): void {
  const calls = record.getStore();
  if (calls === undefined) return;
  calls.push(call);
  if (calls.length > MAX_CALLS) calls.shift();
}

/** Returns the calls that the current work has finished so far, at most the latest 40. */
export function recordedCalls(): readonly RecordedCall[] {
  return [...(record.getStore() ?? [])];
}
