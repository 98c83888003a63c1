import { UpstreamError } from '../../shared/errors.ts';

/** Office 365 Management Activity API: errors. */
const ALREADY_ENABLED = ['AF20024'];
const NOT_SUBSCRIBED = ['AF20022', 'AF20023'];

export function isAlreadyEnabled(error: unknown): boolean {
  return hasCode(error, ALREADY_ENABLED);
}

/** Returns whether the request failed because the subscription was never started or has been stopped. */
export function isNotSubscribed(error: unknown): boolean {
  return hasCode(error, NOT_SUBSCRIBED);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const [code = ''] = error.details.message.split(':');
  return codes.includes(code);
}
