import { UpstreamError } from '../../../../src/shared/errors.ts';

/** The details of the UpstreamError that a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<UpstreamError['details']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UpstreamError) return error.details;
    throw error;
  }
  throw new Error('nothing was thrown');
}
