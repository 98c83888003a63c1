import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { jsonIn } from '../../shared/json.ts';
import type { UpstreamResponse } from '../http/failures.ts';

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string().nullish() }) });

/** Returns the feed's error message, from `error.code` and `error.message` (Office 365 Management Activity API: errors). */
export function feedErrorMessage({ status, text }: Pick<UpstreamResponse, 'status' | 'text'>): string {
  const parsed = refusalSchema.safeParse(jsonIn(text));
  if (!parsed.success) return `HTTP ${status}`;
  const { code, message } = parsed.data.error;
  return message == null || message === '' ? code : `${code}: ${message}`;
}

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
