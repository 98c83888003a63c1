import { UpstreamError } from '../../shared/errors.ts';

/** Waits until a call stays within the service's limits, or throws an UpstreamError `throttled` instead. */
export type Permit = () => Promise<void>;

/**
 * Makes a read-only call, awaiting `permit` before each attempt. Retries once when the connection fails, for example because
 * the service closed an idle connection; throws every other failure.
 */
export async function permitted<T>(permit: Permit, call: () => Promise<T>): Promise<T> {
  await permit();
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.details.failure !== 'network') throw error;
    await permit();
    return call();
  }
}
