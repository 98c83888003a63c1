import { UpstreamError } from '../../../../src/shared/errors.ts';

/** Returns the details of the UpstreamError with which a promise rejects. */
export async function failureOf(promise: Promise<unknown>): Promise<UpstreamError['details']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UpstreamError) return error.details;
    throw error;
  }
  throw new Error('nothing was thrown');
}
